localStorage.getItem("theme");
