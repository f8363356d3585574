// Reads the text of a page aloud, sentence by sentence, and marks the sentence
// that is heard. site.js loads it when the reader asks for it; the controls and
// their words stand in the page.
(function () {
  'use strict';
  var doc = document, synth = window.speechSynthesis;
  var text = doc.getElementById('text'), bar = doc.getElementById('speaking');
  var SKIP = 'script, style, button, .part-aids, .footnotes, sup, [hidden]';
  var BLOCKS = 'p, h2, h3, h4, h5, h6, li, td, th, caption, figcaption';
  var RATES = [['usual', 1], ['slow', .75], ['fast', 1.4]], rate = 0;
  var sentences = [], at = -1, run = 0, paused = false, marks = [];

  // A sentence is a list of pieces of text nodes of one block.
  function gather() {
    sentences = [];
    Array.prototype.forEach.call(text.querySelectorAll(BLOCKS), function (block) {
      if (block.querySelector(BLOCKS) || block.closest(SKIP) || !block.getClientRects().length) return;
      var walker = doc.createTreeWalker(block, NodeFilter.SHOW_TEXT, null, false), node, pieces = [], said = '';
      function close() {
        if (said.replace(/[\s　]/g, '')) sentences.push({ pieces: pieces, text: said, block: block });
        pieces = [];
        said = '';
      }
      while ((node = walker.nextNode())) {
        if (node.parentNode.closest(SKIP)) continue;
        var from = 0, rest = node.data, end = /[。！？；!?;]+[”’」』）)]*/g, m;
        while ((m = end.exec(rest))) {
          pieces.push([node, from, m.index + m[0].length]);
          said += rest.slice(from, m.index + m[0].length);
          from = m.index + m[0].length;
          close();
        }
        if (from < rest.length) {
          pieces.push([node, from, rest.length]);
          said += rest.slice(from);
        }
      }
      close();
    });
  }

  function unmark() {
    marks.forEach(function (m) {
      var parent = m.parentNode;
      if (!parent) return;
      while (m.firstChild) parent.insertBefore(m.firstChild, m);
      parent.removeChild(m);
      parent.normalize();
    });
    marks = [];
  }

  // Marking splits text nodes, so what is gathered holds offsets in the nodes as
  // they are without marks: unmark first, and gather again.
  function mark(s) {
    s.pieces.forEach(function (p) {
      var range = doc.createRange(), m = doc.createElement('mark');
      range.setStart(p[0], p[1]);
      range.setEnd(p[0], p[2]);
      m.className = 'heard';
      range.surroundContents(m);
      marks.push(m);
    });
    var box = (marks[0] || s.block).getBoundingClientRect();
    if (box.top < 80 || box.bottom > innerHeight - 120) {
      window.scrollBy({ top: box.top - innerHeight / 3, behavior: window.matchMedia && matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    }
  }

  function voice() {
    var mine = synth.getVoices().filter(function (v) { return /^(zh|cmn)/i.test(v.lang); });
    return mine.filter(function (v) { return v.localService && /CN|Hans/i.test(v.lang); })[0] ||
      mine.filter(function (v) { return /CN|Hans/i.test(v.lang); })[0] || mine[0];
  }

  function say(n) {
    unmark();
    gather();
    if (n >= sentences.length) return stop();
    at = Math.max(0, n);
    var mine = ++run, s = sentences[at], u = new SpeechSynthesisUtterance(s.text);
    mark(s);
    u.voice = voice();
    u.lang = u.voice ? u.voice.lang : 'zh-CN';
    u.rate = RATES[rate][1];
    u.onend = function () { if (mine === run && !paused) say(at + 1); };
    u.onerror = function (e) { if (mine === run && e.error !== 'interrupted' && e.error !== 'canceled') stop(); };
    synth.cancel();
    synth.speak(u);
  }

  function words(name, which) {
    var b = bar.querySelector('[data-speak="' + name + '"]');
    b.textContent = b.getAttribute('data-' + which);
  }

  function pause(on) {
    paused = on;
    words('pause', on ? 'off' : 'on');
    // Some phones forget a paused sentence: it is said again from its start.
    if (on) { run++; synth.cancel(); } else say(at);
  }

  function stop() {
    run++;
    synth.cancel();
    unmark();
    at = -1;
    bar.hidden = true;
    doc.body.classList.remove('is-speaking');
    var starter = doc.querySelector('[data-do="speak"]');
    if (starter) starter.focus();
  }

  bar.addEventListener('click', function (e) {
    var what = e.target.getAttribute('data-speak');
    if (what === 'stop') stop();
    if (what === 'pause') pause(!paused);
    if (what === 'back' || what === 'next') {
      paused = false;
      words('pause', 'on');
      say(at + (what === 'next' ? 1 : -1));
    }
    if (what === 'rate') {
      rate = (rate + 1) % RATES.length;
      words('rate', RATES[rate][0]);
      if (!paused) say(at);
    }
  });
  bar.addEventListener('keydown', function (e) { if (e.key === 'Escape') stop(); });
  window.addEventListener('pagehide', function () { synth.cancel(); });

  // Starts at a part of the text, or at its beginning.
  window.gongbaoSpeak = function (part) {
    unmark();
    gather();
    var first = 0;
    if (part) {
      sentences.some(function (s, i) {
        var found = part.contains(s.block) || part.compareDocumentPosition(s.block) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (found) first = i;
        return found;
      });
    }
    paused = false;
    words('pause', 'on');
    bar.hidden = false;
    doc.body.classList.add('is-speaking');
    bar.querySelector('[data-speak="pause"]').focus();
    say(first);
  };
})();
