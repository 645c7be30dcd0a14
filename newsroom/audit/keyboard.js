// What the keyboard meets on a page: an expression whose value is a set of questions about it.
({
  // Everything that Tab must reach, in the order of the document; of a group of radio buttons only one.
  list() {
    const all = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], video[controls], [tabindex]"
    const groups = new Set()
    const first = element => {
      if (element.type !== "radio" || !element.name) return true
      const group = [...(element.form || document).querySelectorAll("input[type=radio]")].filter(radio => radio.name === element.name)
      const stop = group.find(radio => radio.checked) || group[0]
      if (stop !== element || groups.has(stop)) return false
      return groups.add(stop)
    }
    this.expected = [...document.querySelectorAll(all)].filter(element =>
      element.tabIndex >= 0 && !element.matches(":disabled") && !element.closest("[inert]")
      && element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length > 0 && first(element))
    return this.expected.map(element => this.name(element))
  },

  name(element) {
    const classes = [...element.classList].map(name => `.${name}`).join("")
    const words = (element.getAttribute("aria-label") || element.innerText || element.value || "").trim().slice(0, 40)
    return `${element.localName}${element.id ? `#${element.id}` : ""}${classes} «${words}»`
  },

  // Where the focus is now; null where it has left the page.
  now() {
    const element = document.activeElement
    if (!element || element === document.body || element === document.documentElement) return null
    const style = getComputedStyle(element)
    const boxes = [...element.getClientRects()].filter(box => box.width && box.height)
    const whole = element.getBoundingClientRect()
    return {
      place: this.expected.indexOf(element),
      name: this.name(element),
      kind: this.kind(element),
      scrolls: element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight,
      // A browser's own ring, «auto», is as wide as it finds right.
      ringed: style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || this.ringed(element),
      covered: !boxes.some(box => this.seen(element, box)),
      box: {x: whole.x, y: whole.y, width: whole.width, height: whole.height},
    }
  },

  // What is drawn by its label, or in one box with a button, has the ring there.
  ringed(element) {
    const around = [...(element.labels || []), element.parentElement]
    return around.some(owner => getComputedStyle(owner).outlineStyle !== "none")
  },

  // Elements of a kind are drawn alike: classes of the element and of what it stands in.
  kind(element) {
    const block = element.parentElement?.closest("[class]")
    const page = element.closest("header, footer, main, nav, aside, form")
    return [element.localName, element.type, element.className, block?.className, page?.className].join("|")
  },

  seen(element, box) {
    return [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].some(([x, y]) => {
      const found = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y)
      return found && (element.contains(found) || found.contains(element) && this.transparent(found, element))
    })
  },

  // A point of an inline link can belong to the block it stands in: nothing lies over it there.
  transparent(found, element) {
    return getComputedStyle(element).display === "inline" || getComputedStyle(element).pointerEvents === "none" || element.localName === "input"
      || found.localName === "label"
  },

  blur() { this.last = document.activeElement; this.last.blur() },
  back() { this.last.focus({preventScroll: true, focusVisible: true}) },

  // WCAG 2.2, 2.5.8: less than 24 by 24 pixels, and no free circle of 24 around its middle; links in a sentence are excepted.
  small() {
    const targets = this.expected.map(element => [element, this.target(element)])
    const narrow = targets.filter(([element, box]) => (box.width < 23.9 || box.height < 23.9) && !this.inSentence(element))
    return narrow.filter(([element, box]) => targets.some(([other, its]) => {
      if (other === element || other.contains(element) || element.contains(other)) return false
      const x = box.x + box.width / 2, y = box.y + box.height / 2
      const near = [Math.max(its.left, Math.min(x, its.right)), Math.max(its.top, Math.min(y, its.bottom))]
      return Math.hypot(near[0] - x, near[1] - y) < 12
    })).map(([element, box]) => `${this.name(element)}: ${Math.round(box.width)}×${Math.round(box.height)}`)
  },

  // A label is the target of its control too.
  target(element) {
    const label = element.labels?.[0]
    return (label || element).getBoundingClientRect()
  },

  inSentence(element) {
    if (getComputedStyle(element).display !== "inline") return false
    const block = element.closest("p, li, dd, td, th, figcaption, h1, h2, h3, h4, blockquote")
    const around = [...(block?.childNodes || [])].filter(node => node !== element && !node.contains(element))
    return around.some(node => node.textContent.trim().length > 3)
  },
})
