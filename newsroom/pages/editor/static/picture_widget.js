/* Decap's widget of a picture, which shows the picture as well: Decap 3.16 asks for it once, before it
   is loaded, and never again. */

const PATIENCE = 40;
const PAUSE = 150;

export function pictureWidget(CMS, h) {
  const { control: Control, preview, schema } = CMS.getWidget("image");
  class Picture extends Control {
    constructor(props) {
      super(props);
      this.state = { ...this.state, shown: "" };
      this.renderImages = () =>
        this.state.shown
          ? h("img", { className: "picture-shown", src: this.state.shown, alt: "" })
          : h("p", { className: "address-shown" }, this.props.value);
    }

    componentDidMount() {
      super.componentDidMount?.();
      this.look(PATIENCE);
    }

    shouldComponentUpdate(props, state = this.state) {
      return state.shown !== this.state.shown || super.shouldComponentUpdate(props, state);
    }

    componentDidUpdate(before) {
      super.componentDidUpdate?.(before);
      if (before.value !== this.props.value) this.look(PATIENCE);
    }

    componentWillUnmount() {
      clearTimeout(this.waiting);
      super.componentWillUnmount?.();
    }

    /** Asks until the picture is there; what is not there after some seconds is shown by its name. */
    look(patience) {
      clearTimeout(this.waiting);
      const { value, field, getAsset } = this.props;
      const asset = value ? getAsset(value, field) : null;
      const isThere = asset && asset.path !== "empty.svg";
      if (isThere || !value) this.setState({ shown: isThere ? asset.toString() : "" });
      else if (patience) this.waiting = setTimeout(() => this.look(patience - 1), PAUSE);
    }
  }
  return [Picture, preview, schema];
}
