// What matching gains from a script: rows by keyboard, sums while one ticks, a preparation that continues.
(function () {
  "use strict";

  var euros = new Intl.NumberFormat(document.documentElement.lang || "fr", { style: "currency", currency: "EUR" });

  document.querySelectorAll("[data-scripted]").forEach(function (part) { part.hidden = false; });

  // A campaign that is being prepared asks for its next part by itself.
  var continues = document.querySelector("form[data-continues]");
  if (continues) { window.setTimeout(function () { continues.requestSubmit(); }, 300); }

  var zone = document.querySelector("[data-rows]");
  if (!zone) { return; }
  var rows = Array.from(zone.querySelectorAll("tbody tr[tabindex]"));

  function current() { return document.activeElement.closest("tr[tabindex]"); }

  function go(step) {
    var place = rows.indexOf(current());
    var next = rows[place < 0 ? 0 : Math.min(Math.max(place + step, 0), rows.length - 1)];
    if (next) { next.focus(); }
  }

  function press(key) {
    var inside = rows.length ? current() : zone;
    var button = inside && inside.querySelector("[data-key='" + key + "']");
    if (!button) { button = document.querySelector("[data-page-key='" + key + "']"); }
    if (button) { button.click(); }
    return Boolean(button);
  }

  document.addEventListener("keydown", function (event) {
    var target = event.target;
    var types = target.matches("textarea, select, input:not([type=checkbox])");
    if (types || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var done = true;
    if (rows.length && (event.key === "j" || event.key === "ArrowDown")) {
      go(1);
    } else if (rows.length && (event.key === "k" || event.key === "ArrowUp")) {
      go(-1);
    } else if (event.key === "Enter") {
      done = target.matches("tr") && press("Enter");
    } else {
      done = /^[a-z]$/.test(event.key) && press(event.key);
    }
    if (done) { event.preventDefault(); }
  });

  function showSums() {
    var sums = { sales: 0, purchases: 0 };
    zone.querySelectorAll("input[data-cents]:checked").forEach(function (box) {
      sums[box.dataset.side] += Number(box.dataset.cents);
    });
    sums.difference = sums.purchases - sums.sales;
    document.querySelectorAll("[data-sum]").forEach(function (shown) {
      shown.textContent = euros.format(sums[shown.dataset.sum] / 100);
    });
  }
  zone.addEventListener("change", showSums);
  showSums();

  // Where one works stays where one is: after an answer, at the line that follows.
  var place = window.location.hash && document.getElementById(window.location.hash.slice(1));
  if (place && rows.indexOf(place) >= 0) { place.focus(); }
})();
