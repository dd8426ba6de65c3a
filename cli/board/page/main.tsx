import { render } from 'preact';
import type { Board } from '../board';
import { Fleet } from './model/fleet';
import { App } from './views/app';

const board = JSON.parse(document.getElementById('board')?.textContent ?? '') as Board;
const page = document.getElementById('page');
if (page !== null) {
  page.replaceChildren();
  render(<App fleet={new Fleet(board)} />, page);
}
