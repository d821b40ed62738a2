#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import OktaRuntime

/// The text of a private key, from a setting that holds the key or the path of its file.
struct PrivateKeyText {
    private let setting: OktaSettings.Value

    /// The folder that a leading `~/` stands for; `nil` when it is unknown.
    private let home: String?

    /// - Parameters:
    ///   - setting: The key itself, or the path of a file that holds it.
    ///   - environment: The variables, for `HOME`; `nil` for those of the process.
    init(_ setting: OktaSettings.Value, _ environment: [String: String]?) {
        self.setting = setting
        let environment = environment ?? ProcessInfo.processInfo.environment
        home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The key's text.
    ///
    /// - Throws: `OktaError.configuration`, which repeats neither the text nor the path.
    func read() throws(OktaError) -> String {
        let isKey = setting.text.contains("-----BEGIN") || setting.text.first { !$0.isWhitespace } == "{"
        if isKey { return setting.text }
        let file = try path()
        guard let content = FileManager.default.contents(atPath: file) else {
            throw .key("the private key is neither a key in PEM or JSON nor the path of a file that can be read")
        }
        return String(decoding: content, as: UTF8.self)
    }

    private func path() throws(OktaError) -> String {
        let text = setting.text.drop(while: \.isWhitespace)
        let path = String(text.reversed().drop(while: \.isWhitespace).reversed())
        guard path.hasPrefix("~/") else { return path }
        guard let home else {
            throw .key("the path of the private key begins with ~/, but HOME is not set; use an absolute path")
        }
        return "\(home)\(path.dropFirst())"
    }
}
