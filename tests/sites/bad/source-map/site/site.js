//# sourceMappingURL=https://cdn.tracker.example/site.js.map
