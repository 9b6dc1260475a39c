// What forms gain from a script: rows added and removed, totals while one types, no double click.
// Without it everything still works: some blank rows, a button for more, totals after sending.
(function () {
  "use strict";

  var euros = new Intl.NumberFormat(document.documentElement.lang || "fr", { style: "currency", currency: "EUR" });
  var copies = 0;

  function numberOf(text) {
    var plain = (text || "").replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
    return /^\d+(\.\d*)?$|^\.\d+$/.test(plain) ? Number(plain) : null;
  }

  // Whole cents, halves up: thousandths of a unit times cents, as the server counts.
  function centsOf(quantity, unitPriceCents) {
    if (quantity === null || unitPriceCents === null) { return null; }
    return Math.floor((Math.round(quantity * 1000) * unitPriceCents + 500) / 1000);
  }

  function priceOf(row) {
    var fixed = row.querySelector("[data-unit-price]");
    if (fixed) { return Number(fixed.dataset.unitPrice); }
    var typed = row.querySelector("[data-number=unit_price_cents]");
    var price = typed ? numberOf(typed.value) : null;
    return price === null ? null : Math.round(price * 100);
  }

  // A cumulative percentage is worth what it adds to what was done before.
  function quantityOf(row) {
    var input = row.querySelector("[data-number=quantity_thousandths], [data-number^=line_]");
    var typed = input ? numberOf(input.value) : null;
    if (typed === null || row.dataset.agreed === undefined) { return typed; }
    var added = Math.floor((Number(row.dataset.agreed) * Math.round(typed * 10) + 500) / 1000) - Number(row.dataset.done || 0);
    return added < 0 || typed > 100 ? null : added / 1000;
  }

  // What is accepted of a claim is worth its share, neither nothing nor all before it is.
  function centsOfShare(row) {
    var typed = numberOf(row.querySelector("[data-number=accepted]").value);
    var claimed = Number(row.dataset.claimed), net = Number(row.dataset.net);
    var accepted = typed === null ? 0 : Math.round(typed * 1000);
    if (accepted <= 0 || accepted > claimed) { return accepted === 0 ? 0 : null; }
    if (accepted === claimed) { return net; }
    return Math.min(Math.max(Math.floor((2 * net * accepted + claimed) / (2 * claimed)), 1), net - 1);
  }

  function centsOfRow(row) {
    return row.dataset.claimed ? centsOfShare(row) : centsOf(quantityOf(row), priceOf(row));
  }

  function showTotals(block) {
    var total = 0;
    block.querySelectorAll("[data-line]").forEach(function (row) {
      var cents = centsOfRow(row);
      row.querySelector("[data-line-total]").textContent = cents === null ? "–" : euros.format(cents / 100);
      total += cents || 0;
    });
    var shown = block.querySelector("[data-lines-total]");
    if (shown) { shown.textContent = euros.format(total / 100); }
  }

  function isBlank(row) {
    return Array.from(row.querySelectorAll("input:not([type=hidden])")).every(function (input) { return !input.value.trim(); });
  }

  function emptyCopy(row) {
    var copy = row.cloneNode(true);
    copies += 1;
    copy.querySelectorAll(".error-message").forEach(function (message) { message.remove(); });
    copy.querySelectorAll(".has-error").forEach(function (cell) { cell.classList.remove("has-error"); });
    copy.querySelectorAll("input:not([type=hidden])").forEach(function (input) {
      var label = copy.querySelector("label[for='" + input.id + "']");
      input.id = input.id + "-" + copies;
      if (label) { label.htmlFor = input.id; }
      input.value = "";
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    });
    // A copied line is a new one: it does not go on with the line it was copied from.
    copy.querySelectorAll("input[name=key]").forEach(function (key) { key.value = ""; key.removeAttribute("id"); });
    return copy;
  }

  function renumber(block) {
    block.querySelectorAll("[data-line]").forEach(function (row, place) {
      row.querySelectorAll("[data-place]").forEach(function (shown) { shown.textContent = place + 1; });
    });
  }

  function firstInput(row) { return row.querySelector("input:not([type=hidden])"); }

  function prepareLines(block) {
    var body = block.querySelector("tbody");
    var model = emptyCopy(body.querySelector("[data-line]"));
    Array.from(body.querySelectorAll("[data-line]")).forEach(function (row) {
      if (isBlank(row) && body.children.length > 1) { row.remove(); }
    });
    renumber(block);
    block.querySelector("[data-add-line]").addEventListener("click", function () {
      var row = emptyCopy(model);
      body.appendChild(row);
      renumber(block);
      firstInput(row).focus();
    });
    block.addEventListener("click", function (event) {
      var button = event.target.closest("[data-remove-line]");
      if (!button) { return; }
      var row = button.closest("[data-line]");
      var neighbour = row.nextElementSibling || row.previousElementSibling;
      if (!neighbour) {
        neighbour = emptyCopy(model);
        body.appendChild(neighbour);
      }
      row.remove();
      renumber(block);
      firstInput(neighbour).focus();
      showTotals(block);
    });
  }

  function prepareBlock(block) {
    block.querySelectorAll("[data-scripted]").forEach(function (part) { part.hidden = false; });
    block.querySelectorAll("[data-unscripted]").forEach(function (part) { part.remove(); });
    if (block.querySelector("[data-add-line]")) { prepareLines(block); }
    block.addEventListener("input", function () { showTotals(block); });
    showTotals(block);
  }

  function submitOnce(form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      document.querySelectorAll("[data-busy]").forEach(function (one) { one.hidden = false; });
      // A page brought back by the browser's history may be sent again.
      window.addEventListener("pageshow", function () {
        delete form.dataset.sent;
        document.querySelectorAll("[data-busy]").forEach(function (one) { one.hidden = true; });
      });
    });
  }

  // Fields that only count for some choices of another one.
  function prepareConditions(block) {
    var parts = block.querySelectorAll("[data-when]:not([data-when=''])");
    function show() {
      parts.forEach(function (part) {
        var wanted = part.dataset.when.split(":");
        var chosen = block.querySelector("[name=" + wanted[0] + "]");
        part.hidden = wanted[1].split(",").indexOf(chosen.value) < 0 && !part.querySelector(".error-message");
      });
    }
    block.addEventListener("change", show);
    block.addEventListener("input", show);
    show();
  }

  // A page that shows how far long work is goes on by itself; its button does the same without a script.
  var goesOn = document.querySelector("form[data-goes-on]");
  if (goesOn) { window.setTimeout(function () { goesOn.submit(); }, 200); }

  // One box that ticks those of its table.
  document.querySelectorAll("[data-ticks]").forEach(function (all) {
    all.closest("[hidden]") && (all.closest("[hidden]").hidden = false);
    all.addEventListener("change", function () {
      document.querySelectorAll("input[name=" + all.dataset.ticks + "]").forEach(function (box) { box.checked = all.checked; });
    });
  });

  document.querySelectorAll("[data-conditional]").forEach(prepareConditions);
  document.querySelectorAll(".endi-ext-lines").forEach(prepareBlock);
  document.querySelectorAll(".endi-ext-form, .endi-ext-inline").forEach(submitOnce);
  var errors = document.getElementById("endi_ext_form_errors");
  if (errors) { errors.focus(); }
})();
