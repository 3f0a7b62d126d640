fetch("https://tracker.example/collect");
