// Lettering by hand: the sum of the ticked lines as they are ticked, and the keyboard.
// Without it everything still works: a button adds up, another letters.
(function () {
  "use strict";

  var euros = new Intl.NumberFormat(document.documentElement.lang || "fr", { style: "currency", currency: "EUR" });

  function boxesOf(form) {
    return Array.prototype.slice.call(form.querySelectorAll("input[name=line]"));
  }

  function show(form) {
    var debit = 0, credit = 0, count = 0;
    boxesOf(form).forEach(function (box) {
      var cents = Number(box.dataset.cents);
      if (!box.checked) { return; }
      count += 1;
      if (cents > 0) { debit += cents; } else { credit -= cents; }
    });
    form.querySelector("[data-sum=debit]").textContent = euros.format(debit / 100);
    form.querySelector("[data-sum=credit]").textContent = euros.format(credit / 100);
    form.querySelector("[data-sum=left]").textContent = euros.format(Math.abs(debit - credit) / 100);
    var shown = form.querySelector("[data-sum-count]");
    shown.textContent = shown.textContent.replace(/\d+/, String(count));
    var button = form.querySelector("[data-letter-full]");
    button.textContent = debit === credit ? button.dataset.letterFull : button.dataset.letterPart;
    button.disabled = !(debit && credit);
  }

  // Lines under one letter in part go together.
  function bringAlong(form, ticked) {
    if (ticked.name !== "line" || !ticked.dataset.letter) { return; }
    boxesOf(form).forEach(function (box) {
      if (box.dataset.letter === ticked.dataset.letter) { box.checked = ticked.checked; }
    });
  }

  function move(form, from, step) {
    var boxes = boxesOf(form), next = boxes[boxes.indexOf(from) + step];
    if (next) { next.focus(); }
  }

  function onKey(form, event) {
    var box = event.target;
    if (box.name !== "line" || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(form, box, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "l" || event.key === "L") {
      var button = form.querySelector("[data-letter-full]");
      if (!button.disabled) { event.preventDefault(); button.click(); }
    }
  }

  document.querySelectorAll("[data-lettering]").forEach(function (form) {
    form.querySelector("[data-preview]").hidden = true;
    form.addEventListener("change", function (event) { bringAlong(form, event.target); show(form); });
    form.addEventListener("keydown", function (event) { onKey(form, event); });
    show(form);
  });
}());
