fetch("/collect"); // not https://tracker.example/
