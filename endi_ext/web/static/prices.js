// What the pages of prices gain from a script: what remains of each line while one types, ticking many lines.
// Without it everything still works: the page says what remains once it is sent.
(function () {
  "use strict";

  var euros = new Intl.NumberFormat(document.documentElement.lang || "fr", { style: "currency", currency: "EUR" });
  var WHOLE = 10000n;

  // A share as the server reads it: { kind, value } in cents, basis points or thousandths; null when unreadable.
  function shareOf(text) {
    var plain = (text || "").replace(/[\s\u00a0\u202f]/g, "").toLowerCase();
    if (!plain) { return { kind: "none", value: 0n }; }
    var found = /^(\d+)(?:[.,](\d+))?(%|p|parts?|€|eur|euros?)?$/.exec(plain);
    if (!found) { return null; }
    var unit = found[3] || "€";
    var kind = unit === "%" ? "percent" : unit[0] === "p" ? "parts" : "amount";
    var places = kind === "parts" ? 3 : 2, decimals = (found[2] || "").replace(/0+$/, "");
    if (decimals.length > places) { return null; }
    var value = BigInt(found[1] + decimals.padEnd(places, "0"));
    return kind === "percent" && value > WHOLE ? null : { kind: kind, value: value };
  }

  // Whole cents by largest remainder, ties to the first, as the server counts.
  function allocate(total, weights) {
    var whole = weights.reduce(function (sum, weight) { return sum + weight; }, 0n);
    if (!whole) { return weights.map(function () { return 0n; }); }
    var parts = weights.map(function (weight) { return total * weight / whole; });
    var rests = weights.map(function (weight, place) { return { rest: total * weight % whole, place: place }; });
    var missing = total - parts.reduce(function (sum, part) { return sum + part; }, 0n);
    rests.sort(function (one, other) { return one.rest < other.rest ? 1 : one.rest > other.rest ? -1 : one.place - other.place; });
    for (var place = 0; BigInt(place) < missing; place += 1) { parts[rests[place].place] += 1n; }
    return parts;
  }

  // What each input of a row gets, and what is left; null when one of them cannot be read.
  function split(total, shares) {
    if (shares.indexOf(null) >= 0) { return null; }
    function of(kind) { return shares.map(function (one) { return one.kind === kind ? one.value : 0n; }); }
    function sum(values) { return values.reduce(function (all, one) { return all + one; }, 0n); }
    var amounts = of("amount"), percents = of("percent"), parts = of("parts"), said = sum(percents);
    if (said > WHOLE) { return null; }
    var shared = allocate(total, percents.concat([WHOLE - said]));
    var left = total - sum(amounts) - (sum(shared) - shared[shared.length - 1]);
    var rest = sum(parts) && left > 0n ? allocate(left, parts) : parts.map(function () { return 0n; });
    return {
      parts: amounts.map(function (amount, place) { return amount + (percents[place] ? shared[place] : 0n) + rest[place]; }),
      left: left - sum(rest)
    };
  }

  function show(output, cents, unreadable) {
    output.textContent = cents === null ? unreadable : euros.format(Number(cents) / 100);
    output.classList.toggle("endi-ext-over", cents !== 0n);
  }

  function prepareGrid(grid) {
    function refresh() {
      var totals = {}, left = 0n;
      grid.querySelectorAll("[data-share-row]").forEach(function (row) {
        var inputs = Array.from(row.querySelectorAll("[data-share]"));
        var found = split(BigInt(row.dataset.total), inputs.map(function (input) { return shareOf(input.value); }));
        show(row.querySelector("[data-share-left]"), found ? found.left : null, "?");
        if (!found) { return; }
        left += found.left;
        inputs.forEach(function (input, place) {
          totals[input.dataset.share] = (totals[input.dataset.share] || 0n) + found.parts[place];
        });
      });
      grid.querySelectorAll("[data-share-total]").forEach(function (output) {
        var name = output.dataset.shareTotal;
        if (name === "left") { show(output, left, "?"); } else { output.textContent = euros.format(Number(totals[name] || 0n) / 100); }
      });
    }
    var foot = grid.querySelector("[data-share-totals]");
    if (foot) { foot.hidden = false; }
    grid.addEventListener("input", refresh);
    refresh();
  }

  function tick(button, chosen) {
    button.hidden = false;
    button.addEventListener("click", function () {
      button.form.querySelectorAll("input[name=line]").forEach(function (box) { box.checked = chosen(box); });
    });
  }

  document.querySelectorAll("[data-share-grid]").forEach(prepareGrid);
  document.querySelectorAll("[data-tick-all]").forEach(function (button) { tick(button, function () { return true; }); });
  document.querySelectorAll("[data-tick-open]").forEach(function (button) {
    tick(button, function (box) { return box.closest("tr").classList.contains("endi-ext-open"); });
  });
})();
