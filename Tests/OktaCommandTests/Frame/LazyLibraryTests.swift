import Foundation
import Testing

/// The program defines the functions of libcurl that the library calls, so that libcurl is loaded at the first call. One
/// function that it lacks brings libcurl and about thirty libraries into every start.
@Suite struct LazyLibraryTests {
    private static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder
    }()

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
    }

    /// The functions of libcurl that a text calls, apart from its comments.
    private static func calls(in text: String) -> Set<String> {
        var names: Set<String> = []
        for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
            for match in line.matches(of: /\b(curl_[a-z_]+)\(/) { names.insert(String(match.output.1)) }
        }
        return names
    }

    @Test("Lazy libraries: every libcurl function that the library calls is loaded later")
    func isComplete() throws {
        var called = Self.calls(in: try Self.text("Runtime/CCurlShim/shim.c"))
        let runtime = Self.root.appendingPathComponent("Runtime/OktaRuntime")
        let files = try #require(FileManager.default.enumerator(at: runtime, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            called.formUnion(Self.calls(in: String(decoding: try Data(contentsOf: file), as: UTF8.self)))
        }
        #expect(called.isSuperset(of: ["curl_easy_init", "curl_easy_setopt", "curl_version_info"]))
        let lazy = try Self.text("Tools/okta/CLazyCurl/lazy_curl.c")
        let names = lazy.matches(of: /\b(curl_[a-z_]+)\b/).map { String($0.output.1) }
        #expect(called.subtracting(names).isEmpty)
    }
}
