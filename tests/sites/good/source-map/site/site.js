//# sourceMappingURL=site.js.map
