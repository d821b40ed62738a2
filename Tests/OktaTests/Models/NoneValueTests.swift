import Foundation
import Okta
import Testing

@Suite("Enumerations: values called NONE")
struct NoneValueTests {
    @Test("Enumerations: NONE is sent, although `.none` would clear the property")
    func noneIsSent() {
        var configuration = ThreatInsightConfiguration()
        configuration.action = .noneValue
        #expect(configuration.json[string: "action"] == "none")
        configuration.action = .none
        #expect(configuration.action == nil)
    }

    @Test("Enumerations: no value has the name of a case of Optional")
    func namesOfOptional() throws {
        let generated = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Generated/Okta/Models")
        let paths = try #require(FileManager.default.enumerator(atPath: generated.path)).compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") }
        #expect(!paths.isEmpty)
        for path in paths {
            let text = try String(contentsOf: generated.appendingPathComponent(path), encoding: .utf8)
            #expect(!text.contains("static var none:"), "\(path)")
            #expect(!text.contains("static var some:"), "\(path)")
        }
    }
}
