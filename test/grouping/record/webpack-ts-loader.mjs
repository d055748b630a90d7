import ts from 'typescript';

/** Types out, nothing else: what `ts-loader` does with `transpileOnly`. */
export default function load(code) {
  const { outputText, sourceMapText } = ts.transpileModule(code, {
    fileName: this.resourcePath,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, sourceMap: true },
  });
  const map = { ...JSON.parse(sourceMapText), sources: [this.resourcePath], sourcesContent: [code] };
  this.callback(null, outputText.replace(/\/\/# sourceMappingURL=.*$/m, ''), map);
}
