/* The address of a page, which is the name of its file: given once, before the first saving. */

/** The last part of an address: what the editor typed, else the title in Latin letters. */
export function wanted(typed, title, slug) {
  const latin = slug(typed || title || "");
  return latin && !/[a-z]/.test(latin) ? `reliz-${latin}` : latin;
}

/** Before a new entry is saved: the name of its file, with the day as the date is written, in no other zone. */
export function nameFile(entry, slug) {
  const data = entry.get("data");
  if (!entry.get("newRecord")) return data;
  const address = wanted(data.get("file_name"), data.get("title"), slug);
  if (!address) throw new Error("Из заголовка не выходит адрес: впишите его латинскими буквами.");
  const day = entry.get("collection").startsWith("releases-") ? `${data.get("date").slice(0, 10)}-` : "";
  return data.set("file_name", `${day}${address}`);
}

/** The widget: an input while the file has no name yet, afterwards the name. */
export function addressWidget(createClass, h, slug) {
  return createClass({
    getInitialState: () => ({ title: "" }),
    componentDidMount() {
      // Decap tells a widget of its own value only: the title is looked at now and then.
      this.looking = setInterval(() => this.setState({ title: this.entry().getIn(["data", "title"]) }), 300);
    },
    componentWillUnmount() {
      clearInterval(this.looking);
    },
    shouldComponentUpdate: () => true,
    entry() {
      return this.props.getEntry();
    },
    isValid() {
      const { title } = this.state;
      if (!this.entry().get("newRecord") || !title || wanted(this.props.value, title, slug)) return true;
      return { error: { message: "Впишите адрес латинскими буквами." } };
    },
    render() {
      const { forID, value, onChange, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
      if (!this.entry().get("newRecord")) {
        return h("p", { id: forID, className: "address-shown" }, this.entry().get("path"));
      }
      const result = wanted(value, this.state.title, slug);
      return h(
        "div",
        {},
        h("input", {
          id: forID,
          type: "text",
          className: classNameWrapper,
          value: value ?? "",
          placeholder: "пусто — из заголовка",
          onChange: (event) => onChange(event.target.value),
          onFocus: setActiveStyle,
          onBlur: setInactiveStyle,
        }),
        h("p", { className: "address-shown" }, result && `…/${result}/ — после выхода не изменится`),
      );
    },
  });
}
