// Brings the page's islands to life. Linked only by pages that have one; a page without an island loads nothing.
//
// The same walk as leptos' own inline script (leptos/src/hydration/island_script.js, MIT), as a static module, so that the
// Content-Security-Policy needs neither nonces nor hashes.

const children = [];

async function hydrateIsland(element, module) {
  const start = module[element.dataset.component];
  if (!start) {
    console.warn(`No code for the island ${element.dataset.component}.`);
    return;
  }
  children.at(-1)?.();
  await start(element);
}

async function walk(node, module) {
  const tag = node.tagName.toLowerCase();
  if (tag === 'leptos-island') await hydrateIsland(node, module);
  if (tag === 'leptos-children') children.push(node.$$on_hydrate);
  for (const child of [...node.children]) await walk(child, module);
  if (tag === 'leptos-children') children.pop();
}

async function main() {
  if (!document.querySelector('leptos-island')) return;
  const module = await import('/pkg/lacuna.js');
  await module.default({ module_or_path: '/pkg/lacuna.wasm' });
  module.hydrate();
  await walk(document.body, module);
  // For tests and style sheets: from here on the islands answer.
  document.documentElement.dataset.islands = 'ready';
}

main().catch((reason) => console.warn('The page works on without its extras:', reason));
