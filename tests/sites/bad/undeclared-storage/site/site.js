localStorage.setItem("visitor", "42");
