// The preview: loads the page again when the site has changed, where the reader
// was; shows what is wrong until it is mended; switches the day and drafts.
(function () {
  'use strict';
  var version = +document.currentScript.getAttribute('data-version');
  var here = 'gongbao-preview:' + location.pathname;
  var root, box, panel, words = {}, last = '', open = false;
  try {
    var at = JSON.parse(sessionStorage.getItem(here));
    sessionStorage.removeItem(here);
    if (at && !location.hash) {
      history.scrollRestoration = 'manual';
      scrollTo(at[0], at[1]);
      addEventListener('load', function () { scrollTo(at[0], at[1]); });
    }
  } catch (e) { /* no storage: the browser keeps the place as well as it can */ }

  function element(name, text, parent) {
    var e = document.createElement(name);
    if (text) e.textContent = text;
    if (parent) parent.appendChild(e);
    return e;
  }
  function shadow() {
    if (root) return root;
    var host = element('div', '', document.body);
    host.setAttribute('data-preview', '');
    root = host.attachShadow({ mode: 'open' });
    element('style', ':host{all:initial}*{box-sizing:border-box;font:14px/1.6 system-ui,sans-serif}' +
      '#wrong{position:fixed;left:0;right:0;bottom:0;max-height:60vh;overflow:auto;margin:0;padding:16px 72px 16px 16px;background:#2b1416;color:#fff;white-space:pre-wrap;overflow-wrap:anywhere;font-family:ui-monospace,monospace;z-index:2147483647;border-top:4px solid #e5484d}' +
      // At the edge, where pages have nothing of their own.
      '#state{position:fixed;right:0;top:30%;z-index:2147483646;display:flex;align-items:flex-start;color:#fff}' +
      '#state>button{white-space:pre;min-height:48px;padding:6px 1px;font-size:12px;line-height:16px;border-right:0;border-radius:6px 0 0 6px;background:#20242b}' +
      '#state form{background:#20242b;padding:8px;border-radius:6px}#state form[hidden]{display:none}' +
      'button,input{min-height:44px;color:inherit;background:#343a44;border:1px solid #8b93a1;border-radius:6px;padding:4px 12px}' +
      '#wrong button{position:fixed;right:8px;bottom:8px}' +
      'label{display:flex;gap:8px;align-items:center;min-height:44px;padding:4px 8px}input[type=checkbox]{min-height:0;width:20px;height:20px}' +
      '@media print{#wrong,#state{display:none}}', root);
    return root;
  }
  function showWrong(text) {
    if (text === last) return;
    last = text;
    if (box) { box.remove(); box = null; }
    if (!text) return;
    box = element('pre', text, shadow());
    box.id = 'wrong';
    box.setAttribute('role', 'alert');
    box.setAttribute('aria-label', words.wrong);
    var b = element('button', words.close, box);
    b.onclick = function () { box.remove(); box = null; };
  }
  function showState(m) {
    if (!m.local) return;
    if (panel) panel.remove();
    panel = element('div', '', shadow());
    panel.id = 'state';
    var b = element('button', words.title.length > 3 ? words.title : words.title.split('').join('\n'), panel);
    if (words.title.length > 3) b.style.writingMode = 'vertical-rl';
    b.title = words.title + ' ' + m.asOf + (m.drafts ? ' · ' + words.drafts : '');
    b.setAttribute('aria-expanded', String(open));
    var form = element('form', '', panel);
    form.hidden = !open;
    var day = element('label', words.day, form), input = element('input', '', day);
    input.type = 'date';
    input.name = 'asOf';
    input.value = m.asOf;
    input.required = true;
    var drafts = element('label', '', form), check = element('input', '', drafts);
    check.type = 'checkbox';
    check.checked = m.drafts;
    element('span', words.drafts, drafts);
    element('button', words.apply, form);
    b.onclick = function () {
      open = form.hidden;
      form.hidden = !open;
      b.setAttribute('aria-expanded', String(open));
    };
    form.onsubmit = function (e) {
      e.preventDefault();
      fetch('/-switch', { method: 'POST', body: new URLSearchParams({ asOf: input.value, drafts: String(check.checked) }) });
    };
  }
  function again() {
    try { sessionStorage.setItem(here, JSON.stringify([scrollX, scrollY])); } catch (e) { /* as above */ }
    location.reload();
  }
  var leaving = false;
  new EventSource('/-events').onmessage = function (e) {
    var m = JSON.parse(e.data);
    if (leaving) return;
    words = m.words;
    if (m.version !== version) {
      leaving = true;
      return again();
    }
    showWrong(m.wrong);
    showState(m);
  };
})();
