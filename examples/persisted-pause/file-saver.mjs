// LangGraph's checkpoints in one file: its own in-memory saver, read from the file at the start and written to it after each change.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { MemorySaver } from '@langchain/langgraph-checkpoint';

const asText = (_, value) => (value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value);
const asBytes = (_, value) => (typeof value?.bytes === 'string' ? new Uint8Array(Buffer.from(value.bytes, 'base64')) : value);

export class FileSaver extends MemorySaver {
  static async open(path) {
    const saver = new FileSaver();
    saver.path = path;
    try {
      Object.assign(saver, JSON.parse(await readFile(path, 'utf8'), asBytes));
    } catch (missing) {
      if (missing.code !== 'ENOENT') throw missing;
    }
    return saver;
  }

  async put(...checkpoint) {
    const config = await super.put(...checkpoint);
    await this.save();
    return config;
  }

  async putWrites(...writes) {
    await super.putWrites(...writes);
    await this.save();
  }

  // One after the other, and each whole or not at all.
  save() {
    this.saving = (this.saving ?? Promise.resolve()).then(async () => {
      await writeFile(`${this.path}.part`, JSON.stringify({ storage: this.storage, writes: this.writes }, asText), { mode: 0o600 });
      await rename(`${this.path}.part`, this.path);
    });
    return this.saving;
  }
}
