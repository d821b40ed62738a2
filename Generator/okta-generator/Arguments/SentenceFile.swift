import Foundation
import OktaGenerator
import OktaUpstream
import YAML

/// The file of `update --sentences`.
struct SentenceFile {
    /// The sentences in the file; nil without a file.
    let form: SentenceForm?
    /// Whether there is no file, or a readable one.
    let isUsable: Bool
    /// The file, for messages.
    let files: [SourceFile]
    private let path: String?

    /// Reads the file, which need not exist yet.
    init(_ path: String?, reporting diagnostics: inout Diagnostics) throws {
        self.path = path
        guard let path, FileManager.default.fileExists(atPath: path) else {
            (form, isUsable, files) = (nil, true, [])
            return
        }
        let file = try InputFile.read(path, as: "--sentences")
        let isEmpty = file.bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        form = isEmpty ? nil : SentenceForm(file, reporting: &diagnostics)
        (isUsable, files) = (isEmpty || form != nil, [file])
    }

    /// Writes the sentences that are still missing, and prints their number.
    func write(what missing: [MissingSentences], after updates: [String: SentencedUpdate]) throws {
        guard let path else { return }
        let text = SentenceFormText(of: missing, former: form, results: updates)
        let url = URL(fileURLWithPath: path)
        try FolderWriter(root: url.deletingLastPathComponent().path).write(text.text, to: url.lastPathComponent)
        let written = updates.values.reduce(0) { $0 + $1.count }
        if written > 0 { print("wrote \(written) names and sentences from \(path)") }
        print(text.count == 0 ? "no sentences are left to write" : "\(text.count) sentences to write are in \(path)")
        if text.keptCount > 0 { print("\(text.keptCount) entries about other services stay in \(path)") }
        if text.unusedCount > 0 {
            StandardError.warn(
                "\(text.unusedCount) sentences were not used, because the catalog has others; the end of \(path) lists them"
            )
        }
    }
}
