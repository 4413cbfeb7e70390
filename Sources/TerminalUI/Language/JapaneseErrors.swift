/// What the lower rooms say, in Japanese: they speak English, with names and numbers put in, so their sentences are recognised by what
/// stands around those.
enum JapaneseErrors {
    /// The sentence in Japanese; nil for one that is not known. What is put in is translated where it is a sentence of its own.
    static func translation(of text: String) -> String? {
        for sentence in sentences {
            guard let values = sentence.values(in: text) else { continue }
            return sentence.filled(with: values.map { Japanese.words[$0] ?? translation(of: $0) ?? $0 })
        }
        return nil
    }

    /// An English sentence cut at its `{}`, and the Japanese one that takes the same values.
    private struct Sentence {
        let pieces: [String]
        let japanese: String

        init(_ english: String, _ japanese: String) {
            var pieces = [""]
            var rest = Substring(english)
            while let open = rest.range(of: "{}") {
                pieces[pieces.count - 1] += rest[..<open.lowerBound]
                pieces.append("")
                rest = rest[open.upperBound...]
            }
            pieces[pieces.count - 1] += rest
            self.pieces = pieces
            self.japanese = japanese
        }

        /// What stands for each `{}`, each as short as it can be; nil where the text is another sentence.
        func values(in text: String) -> [String]? {
            guard let first = pieces.first, let last = pieces.last, pieces.count > 1, text.hasPrefix(first), text.hasSuffix(last),
                text.count >= first.count + last.count
            else { return nil }
            var values: [String] = []
            var rest = text.dropFirst(first.count).dropLast(last.count)
            for piece in pieces.dropFirst().dropLast() {
                guard let found = rest.range(of: piece) else { return nil }
                values.append(String(rest[..<found.lowerBound]))
                rest = rest[found.upperBound...]
            }
            return values + [String(rest)]
        }

        /// `{1}`, `{2}` by place.
        func filled(with values: [String]) -> String {
            Language.english.fill(japanese, values)
        }
    }

    /// The more particular ones first.
    private static let sentences: [Sentence] = [
        // The catalogue
        Sentence(
            "{} holds no catalogue yet: import photos into it with `backdrop import`, or open it with `backdrop studio`",
            "{1} にはまだカタログがありません。`backdrop import` で写真を取り込むか、`backdrop studio` で開いてください"),
        Sentence("the folder {} cannot be used ({}): check the path and its permissions", "フォルダー {1} が使えません（{2}）。パスと権限を確かめてください"),
        Sentence("{} is read-only: make it writable, or work on a copy of the catalogue", "{1} は読み取り専用です。書き込めるようにするか、複製で作業してください"),
        Sentence(
            "no space left on the disk of {}: free some and try again; nothing was changed",
            "{1} のディスクに空きがありません。空けてからやり直してください。何も変わっていません"),
        Sentence("{} is locked by another program: try again when it has finished", "{1} は別のプログラムがロックしています。終わってからやり直してください"),
        Sentence(
            "{} is damaged ({}): put a backup of it back, or move it away to start a new one; the pictures are untouched",
            "{1} が壊れています（{2}）。控えから戻すか、移動して新しく始めてください。画像は無事です"),
        Sentence("{} was written by a newer Backdrop: update this one", "{1} は新しいBackdropで書かれています。こちらを更新してください"),
        Sentence("no product {} in this catalogue: `backdrop list` shows them", "このカタログに商品 {1} はありません。`backdrop list` で一覧できます"),
        Sentence("no reference picture {} in this catalogue: put it into references/ first", "参照画像 {1} がありません。先にreferences/へ置いてください"),
        Sentence("no candidate {} in this catalogue: `backdrop list` shows them", "このカタログに候補 {1} はありません。`backdrop list` で一覧できます"),
        Sentence("no job {} that this process could take on", "引き受けられる作業 {1} はありません"),
        // The studio
        Sentence(
            "no file descriptor left ({}): close other programs or raise `ulimit -n`",
            "ファイル記述子がもうありません（{1}）。他のプログラムを閉じるか `ulimit -n` を上げてください"),
        Sentence("the reference picture {} is no longer in references/: choose another one", "参照画像 {1} はもうreferences/にありません。別のものを選んでください"),
        Sentence(
            "{}: the product would differ from its photo by {}: not exported, please report this",
            "{1}: 商品の画素が写真と{2}違ってしまうため、書き出しませんでした。不具合としてお知らせください"),
        Sentence("no sampler {} in this version: choose another one", "この版にサンプラー {1} はありません。別のものを選んでください"),
        Sentence("the product {} is no longer in the catalogue", "商品 {1} はもうカタログにありません"),
        Sentence("the prompt and parameters now stand for {} other products", "プロンプトと設定値を、ほか{1}点の商品にも入れました"),
        Sentence("the prompts are not kept yet: {}", "プロンプトをまだ保存できていません: {1}"),
        Sentence("a decision could not be kept: {}", "判断を保存できませんでした: {1}"),
        Sentence("the checks could not be made: {}", "検査ができませんでした: {1}"),
        Sentence("{} exported, {} failed: {}", "{1}枚書き出し、{2}枚は失敗: {3}"),
        Sentence("{} exported", "{1}枚書き出しました"),
        Sentence("“{}” is no value for {}", "「{1}」は{2}の値になりません"),
        Sentence("there is no file or folder {}", "ファイルもフォルダーもありません: {1}"),
        // Pictures
        Sentence("{}: cutting out cancelled", "{1}: 切り抜きを中止しました"),
        Sentence("{}: cannot be read ({}).", "{1}: 読めません（{2}）。"),
        Sentence("{}: is empty (0 bytes). Copy the picture again.", "{1}: 空です（0バイト）。もう一度コピーしてください。"),
        Sentence("{}: not a PNG or JPEG ({}). Save the picture as PNG or JPEG.", "{1}: PNGでもJPEGでもありません（{2}）。PNGかJPEGで保存してください。"),
        Sentence(
            "{}: {} x {} pixels are more than Backdrop reads (at most {} megapixels and {} a side). Make it smaller.",
            "{1}: {2} x {3} 画素は大きすぎます（最大{4}メガピクセル、一辺{5}）。小さくしてください。"),
        Sentence("{}: damaged {} ({}). Copy or export the picture again.", "{1}: {2}が壊れています（{3}）。もう一度コピーか書き出しをしてください。"),
        Sentence("The picture could not be encoded as {} ({}).", "画像を{1}にできませんでした（{2}）。"),
        Sentence("{}: cannot be written ({}).", "{1}: 書き込めません（{2}）。"),
        // The model
        Sentence(
            "No model folder at {}. Choose a folder that holds model_index.json, unet/, vae/, text_encoder/ and tokenizer/.",
            "{1} にモデルのフォルダーがありません。model_index.json、unet/、vae/、text_encoder/、tokenizer/ のあるフォルダーを選んでください。"),
        Sentence("Missing model file {}. {}", "モデルのファイル {1} がありません。{2}"),
        Sentence("Cannot read model file {}: {}.", "モデルのファイル {1} が読めません: {2}。"),
        Sentence(
            "{} is a Python pickle, which may run code when opened. Use the model's safetensors edition, or convert it with diffusers.",
            "{1} はPythonのpickleで、開くとコードが動くおそれがあります。safetensors版を使うか、diffusersで変換してください。"),
        Sentence("Corrupt weights in {}, tensor {}: {}. Fetch the file again.", "重み {1} が壊れています（テンソル {2}: {3}）。取り直してください。"),
        Sentence("Corrupt weights in {}: {}. Fetch the file again.", "重み {1} が壊れています（{2}）。取り直してください。"),
        Sentence(
            "{} lacks the tensor {} that its config.json asks for. The weights belong to another model or are incomplete.",
            "{1} に、config.jsonの求めるテンソル {2} がありません。別のモデルの重みか、不完全です。"),
        Sentence(
            "{}, tensor {}: shape {}, but config.json asks for {}. Weights and config.json belong to different models.",
            "{1} のテンソル {2}: 形は{3}ですが、config.jsonは{4}を求めています。重みとconfig.jsonが別のモデルのものです。"),
        Sentence(
            "{}, tensor {} holds NaN or infinite values. Fetch the file again, or train with a lower learning rate.",
            "{1} のテンソル {2} にNaNか無限大があります。取り直すか、学習率を下げて学習してください。"),
        Sentence("{}: {} is not supported. {}", "{1}: {2}には対応していません。{3}"),
        // What came of an import; its parts are joined by commas.
        Sentence("{}, {} refused: {}", "{1}、{2}点は取り込めません: {3}"),
        Sentence("{} imported, {}", "{1}点取り込みました、{2}"),
        Sentence("{} already here, {}", "{1}点は取り込み済み、{2}"),
        Sentence("{} changed, {}", "{1}点が変わりました、{2}"),
        Sentence("{} missing ({}), {}", "{1}点が見つかりません（{2}）、{3}"),
        Sentence("{} imported", "{1}点取り込みました"),
        Sentence("{} already here", "{1}点は取り込み済み"),
        Sentence("{} changed", "{1}点が変わりました"),
        Sentence("{} missing ({})", "{1}点が見つかりません（{2}）"),
        Sentence("{} that are no PNG or JPEG left alone", "PNGでもJPEGでもない{1}点はそのまま"),
    ]
}

extension Language {
    /// A message of any room in this language; what is not known stays as it is.
    func message(_ text: String) -> String {
        guard self == .japanese else { return text }
        return Japanese.words[text] ?? JapaneseErrors.translation(of: text) ?? text
    }
}
