/** How the page of an archive looks: by itself, light and dark, on paper too. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fbf5ec; --card: #fffdf9; --ink: #2c221d; --soft: #5f5047; --line: #e2d5c3;
  --accent: #a8432a; --on: #fff9f2; --focus: #1d5fb8; --tint: #f8e3d8; --edge: #8a7867;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #1c1714; --card: #272019; --ink: #f6ece1; --soft: #c8b8a9; --line: #40352c;
    --accent: #f39a7c; --on: #32140a; --focus: #8cbcff; --tint: #43291f; --edge: #97846f;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0 auto; padding: 24px 16px 180px; max-inline-size: 44rem; background: var(--ground);
  color: var(--ink); line-height: 1.5; overflow-wrap: anywhere;
  font-family: ui-rounded, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
h1 { line-height: 1.2; margin-block: 0 8px; }
h2 { margin-block: 32px 8px; font-size: 1.15rem; }
p { margin-block: 0 12px; }
.soft, time, .state { color: var(--soft); }
ul { list-style: none; margin: 0; padding: 0; }
.voice {
  display: flex; gap: 12px; align-items: center; padding: 12px; margin-block-end: 8px;
  background: var(--card); border: 1px solid var(--line); border-radius: 16px;
  content-visibility: auto; contain-intrinsic-size: auto 84px;
}
.voice[aria-current] { background: var(--tint); border-color: var(--accent); }
.words { flex: 1; min-inline-size: 0; }
.words > * { display: block; }
.who { font-weight: 650; }
button {
  min-inline-size: 48px; min-block-size: 48px; border: 0; border-radius: 50%; font: inherit;
  background: var(--accent); color: var(--on); cursor: pointer;
}
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
label { display: block; margin-block-end: 4px; }
input[type='search'] {
  display: block; inline-size: 100%; min-block-size: 48px; padding-inline: 16px; font: inherit;
  color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 24px;
}
.check { display: flex; margin: 0; gap: 12px; align-items: center; min-block-size: 48px; }
.check input { inline-size: 24px; block-size: 24px; margin: 0; accent-color: var(--accent); }
#bar {
  position: fixed; inset-inline: 0; inset-block-end: 0; padding: 12px 16px; background: var(--card);
  border-block-start: 1px solid var(--line);
}
#bar > * { max-inline-size: 42rem; margin-inline: auto; }
audio { display: block; inline-size: 100%; }
@media print {
  body { padding: 0; }
  button, #bar, #tools { display: none !important; }
  .voice { break-inside: avoid; content-visibility: visible; }
}
`
