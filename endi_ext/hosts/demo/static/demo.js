// The menu folds on small screens, and tables wider than the screen can be scrolled with the keyboard.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  function foldMenu() {
    var button = document.getElementById("menu_button");
    var menu = document.getElementById("menu");
    if (!button || !menu) return;
    function show(open) {
      button.setAttribute("aria-expanded", String(open));
      menu.classList.toggle("open", open);
    }
    button.addEventListener("click", function () {
      show(button.getAttribute("aria-expanded") !== "true");
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
      show(false);
      button.focus();
    });
  }

  function reachWideTables() {
    document.querySelectorAll(".table_container").forEach(function (container) {
      var wide = container.scrollWidth > container.clientWidth;
      if (!wide) {
        if (container.dataset.reached) container.removeAttribute("tabindex");
        return;
      }
      container.dataset.reached = "yes";
      container.setAttribute("tabindex", "0");
      if (!container.hasAttribute("role")) {
        var caption = container.querySelector("caption");
        container.setAttribute("role", "region");
        container.setAttribute("aria-label", caption ? caption.textContent.trim() : "Tableau");
      }
    });
  }

  function closeMessages() {
    document.querySelectorAll(".alert [data-close]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        button.closest(".alert").remove();
        document.getElementById("content").focus();
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    foldMenu();
    reachWideTables();
    closeMessages();
    window.addEventListener("resize", reachWideTables);
  });
})();
