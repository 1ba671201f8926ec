import { button, element, icon, label } from '../element.ts';

/** Folded where the map would lose its half of the panel to the settings. */
const roomy = '(min-width: 800px) and (min-height: 640px), (min-width: 620px) and (min-height: 800px)';

/** Opens and folds the settings; open from the start where there is room, else as the person left it. */
export class Drawer {
  readonly root: HTMLButtonElement;
  readonly #room = matchMedia(roomy);

  /** @param wish null: as the room has it */
  constructor(
    private wish: boolean | null,
    private readonly changed: (wish: boolean) => void,
  ) {
    this.root = button(
      {
        id: 'settings',
        class: 'text-button',
        'aria-controls': 'controls',
        title: 'Show or hide the settings',
      },
      () => this.#turn(),
      icon('settings'),
      element('span', { class: 'settings-word' }, 'Settings'),
    );
    this.#room.addEventListener('change', () => this.#show());
    this.#show();
  }

  get #open(): boolean {
    return this.wish ?? this.#room.matches;
  }

  #turn(): void {
    this.wish = !this.#open;
    this.#show();
    this.changed(this.wish);
  }

  #show(): void {
    label(this.root, 'aria-expanded', String(this.#open));
    document.body.dataset.settings = this.#open ? 'open' : 'folded';
  }
}
