// Saves a form to the server while somebody writes in it. Nothing is kept in the browser.
//
// <form data-autosave="/address/"> with an input named "revision" and, anywhere in the page,
// <p data-autosave-status role="status"></p>. Without this script the form's own buttons do the same.
//
// The address answers with JSON:
//   200 {"revision": 7, "saved": "Saved at 10:42am"}
//   400 {"errors": {…}, "message": "…"}      says so, and goes on at the next change
//   409 {"conflict": "/…/", "message": "…"}  somebody else has saved: stops, and links there
//   401 {"sign_in": "/…/", "message": "…"}   signed out: stops, and links there
// A 401 or 409 may say "kept": true where the server has kept the words: then nothing is asked on the way out.
// Anything else counts as no answer, and is tried again.
(function () {
  "use strict";

  var QUIET = 3000; // after the last key
  var LONGEST = 8000; // after the first change that is not saved
  var ANSWER = 20000; // how long an answer may take
  var AGAIN = [5000, 10000, 20000, 30000]; // after the first, second, third and each further try
  var PATIENCE = 3000; // how long a button waits for a save that is under way
  var HUSH = 60000; // how often words that are no surprise are read out

  class Autosave {
    constructor(form) {
      this.form = form;
      this.status = document.querySelector("[data-autosave-status]");
      this.isUnsaved = false; // something was typed that no answer has confirmed
      this.isStopped = false;
      this.isLeaving = false;
      this.isWaiting = false; // a button was pressed while a save was under way
      this.firstChange = 0;
      this.failures = 0;
      this.timer = null;
      this.request = null;
      this.underWay = null;
      this.lastRead = -Infinity;
    }

    attach() {
      this.form.addEventListener("input", () => this.noteChange());
      this.form.addEventListener("change", () => this.noteChange());
      this.form.addEventListener("submit", (event) => this.noteSubmit(event));
      window.addEventListener("beforeunload", (event) => this.askToStay(event));
      window.addEventListener("pageshow", () => this.comeBack());
      window.addEventListener("online", () => this.tryNow());
      document.addEventListener("visibilitychange", () => document.hidden && this.tryNow());
    }

    noteChange() {
      if (!this.isUnsaved || !this.firstChange) this.firstChange = Date.now();
      this.isUnsaved = true;
      this.isLeaving = false;
      if (!this.failures) this.plan();
    }

    // The next save: soon after the last key, and never long after the first.
    plan() {
      var latest = this.firstChange + LONGEST - Date.now();
      this.saveIn(Math.max(0, Math.min(QUIET, latest)));
    }

    saveIn(milliseconds) {
      clearTimeout(this.timer);
      if (!this.isStopped) this.timer = setTimeout(() => this.save(), milliseconds);
    }

    tryNow() {
      if (this.isUnsaved && (this.firstChange || this.failures)) this.save();
    }

    // One request at a time: what is typed meanwhile is sent after its answer.
    save() {
      clearTimeout(this.timer);
      if (this.underWay || this.isStopped || this.isLeaving || this.isWaiting) return;
      this.firstChange = 0;
      this.underWay = this.send().then((answer) => {
        this.underWay = this.request = null;
        this.take(answer);
      });
    }

    // What the server answers: its status and words. Status 0 is no answer.
    async send() {
      this.request = new AbortController();
      var late = setTimeout(() => this.request && this.request.abort(), ANSWER);
      try {
        var response = await fetch(this.form.dataset.autosave, this.letter());
        return { status: response.status, words: await response.json() };
      } catch (error) {
        return { status: 0, words: {} };
      } finally {
        clearTimeout(late);
      }
    }

    letter() {
      var data = new FormData(this.form);
      return {
        method: "POST",
        body: data,
        headers: { Accept: "application/json", "X-CSRFToken": data.get("csrfmiddlewaretoken") || "" },
        credentials: "same-origin",
        redirect: "error",
        signal: this.request.signal,
      };
    }

    take(answer) {
      var words = answer.words || {};
      if (answer.status === 200 && Number.isInteger(words.revision)) this.noteSaved(words);
      else if (answer.status === 409 && words.conflict) this.stop(words, words.conflict, "See both versions");
      else if (answer.status === 401 && words.sign_in) this.stop(words, words.sign_in, "Sign in");
      else if (answer.status === 400 && words.message) this.noteRefused(words);
      else this.noteFailure();
    }

    noteSaved(words) {
      this.form.elements.namedItem("revision").value = words.revision;
      this.failures = 0;
      this.isUnsaved = Boolean(this.firstChange);
      this.say(words.saved, false);
      if (this.isUnsaved) this.plan();
    }

    noteRefused(words) {
      this.failures = 0;
      this.say(words.message, true);
      if (this.firstChange) this.plan();
    }

    noteFailure() {
      if (this.isLeaving || this.isWaiting) return;
      this.say("Not saved yet. Trying again.", this.failures === 0);
      this.saveIn(AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
      this.failures += 1;
    }

    stop(words, address, name) {
      this.isStopped = true;
      if (words.kept) this.isUnsaved = Boolean(this.firstChange);
      this.say(words.message, true);
      if (this.status) this.status.append(" ", link(address, name));
    }

    // Words that are no surprise are shown at once, and read out once a minute at most.
    say(words, isUrgent) {
      if (!this.status) return;
      var isHushed = !isUrgent && Date.now() - this.lastRead < HUSH;
      this.status.setAttribute("aria-live", isHushed ? "off" : "polite");
      if (this.status.textContent === words) return;
      this.status.textContent = words;
      if (!isHushed) this.lastRead = Date.now();
    }

    askToStay(event) {
      if (this.isLeaving || !this.isUnsaved) return;
      event.preventDefault();
      event.returnValue = "";
    }

    comeBack() {
      this.isLeaving = this.isWaiting = false;
    }

    // A button is not kept waiting, but for a save that is under way: its answer has the number to send.
    noteSubmit(event) {
      clearTimeout(this.timer);
      if (event.defaultPrevented) return;
      if (!this.underWay) {
        this.isLeaving = true;
        return;
      }
      event.preventDefault();
      if (this.isWaiting) return;
      this.isWaiting = true;
      var request = this.request;
      Promise.race([this.underWay, pause(PATIENCE)]).then(() => this.submit(event.submitter, request));
    }

    submit(button, request) {
      if (this.underWay) request.abort();
      this.underWay = null;
      this.isWaiting = false;
      this.form.requestSubmit(button || undefined);
      clearTimeout(this.timer);
    }
  }

  function pause(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  function link(address, name) {
    var made = document.createElement("a");
    made.className = "govuk-link";
    made.href = here(address);
    made.textContent = name;
    return made;
  }

  // The address as one of this site, whatever it says.
  function here(address) {
    var url = new URL(address, window.location.origin);
    return url.pathname + url.search;
  }

  function canRun() {
    return "fetch" in window && "AbortController" in window && "requestSubmit" in HTMLFormElement.prototype;
  }

  if (canRun()) document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form).attach());
})();
