document.querySelector("button").onclick = () => alert(1);
