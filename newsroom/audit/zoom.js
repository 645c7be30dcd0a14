// Whether the words of a page are all there: an expression whose value is a list of [what is wrong, where].
(() => {
  const root = document.documentElement
  const faults = []
  const name = element => `${element.localName}${[...element.classList].map(name => `.${name}`).join("")} «${element.innerText?.trim().slice(0, 40)}»`
  const scrolls = style => /auto|scroll/.test(style.overflowX + style.overflowY)
  const hides = style => /hidden|clip/.test(style.overflowX + style.overflowY)

  // Text for a screen reader only is hidden on purpose, and so is what an ellipsis or a line clamp cuts at any size.
  const deliberate = style => /inset\(50%\)/.test(style.clipPath) || style.webkitLineClamp !== "none"

  if (root.scrollWidth > root.clientWidth) faults.push(["1.4.10", `the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`])

  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const boxes = []
  for (let text = words.nextNode(); text; text = words.nextNode()) {
    const owner = text.parentElement
    if (!text.data.trim() || !owner.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
    if (owner.closest("script, style, svg, noscript, .skip-link")) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const lines = [...range.getClientRects()].filter(line => line.width > 1 && line.height > 1)
    let reachable = false
    for (let element = owner; element && element !== root; element = element.parentElement) {
      const style = getComputedStyle(element)
      if (deliberate(style) || scrolls(style)) { reachable = true; break }
      if (!hides(style)) continue
      const box = element.getBoundingClientRect()
      const cut = lines.some(line => line.right > box.right + 2 || line.left < box.left - 2 || line.bottom > box.bottom + line.height / 4 || line.top < box.top - line.height / 4)
      if (cut) { faults.push(["1.4.4", `${name(owner)} is cut by ${name(element)}`]); reachable = true; break }
    }
    if (reachable) continue
    if (lines.some(line => line.right > root.clientWidth + 1 || line.left < -1)) faults.push(["1.4.10", `${name(owner)} runs out of the window`])
    for (const line of lines) boxes.push({owner, left: line.left + 1, right: line.right - 1, top: line.top + line.height * 0.35, bottom: line.bottom - line.height * 0.35})
  }

  // Words over words: the middle of a line within the middle of another.
  boxes.sort((one, other) => one.top - other.top)
  boxes.forEach((box, place) => {
    for (let next = place + 1; next < boxes.length && boxes[next].top < box.bottom; next++) {
      const other = boxes[next]
      if (box.owner !== other.owner && box.left < other.right && other.left < box.right) {
        faults.push(["1.4.12", `${name(box.owner)} and ${name(other.owner)} lie over each other`])
      }
    }
  })
  return faults
})()
