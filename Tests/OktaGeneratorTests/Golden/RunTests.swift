import Foundation
import OktaCatalog
import OktaGenerator
import Testing
import YAML

@Suite(.longCalculation) struct RunTests {
    /// The output does not depend on the order in which files are read.
    @Test("Run: the output is deterministic") func outputIsDeterministic() throws {
        let golden = GoldenCase.outputs[0]
        let first = try #require(golden.run().output)
        for _ in 0..<5 {
            let again = try #require(golden.run().output)
            #expect(again.library == first.library)
            #expect(again.testSupport == first.testSupport)
        }
    }

    /// One run reports all errors and writes nothing.
    @Test("Run: all errors are reported together") func allErrorsAreReportedAtOnce() {
        let (output, diagnostics) = GoldenCase(name: "errors/several", isOverlay: true).run()
        #expect(output == nil)
        for rule in ["unknown-key", "unknown-model", "missing-key"] { #expect(diagnostics.contains("[\(rule)]")) }
    }

    /// No catalog text can make the generator trap: each byte of a catalog is changed in turn.
    @Test("Run: random changes of a catalog never trap") func mutatedCatalogsNeverTrap() {
        let folder = GoldenCase.outputs[1].folder()
        var generator = SplitMix64(seed: 42)
        var refused = 0
        for round in 0..<400 {
            var mutated = folder
            let name = folder.files.keys.sorted()[round % folder.files.count]
            guard let file = folder.files[name], !file.bytes.isEmpty else { continue }
            var bytes = file.bytes
            let index = Int(generator.next() % UInt64(bytes.count))
            bytes[index] = UInt8(truncatingIfNeeded: generator.next())
            mutated.files[name] = SourceFile(path: file.path, bytes: bytes)
            var diagnostics = Diagnostics()
            let output = Generation().run(mutated, reporting: &diagnostics)
            #expect((output == nil) == diagnostics.hasErrors)
            refused += output == nil ? 1 : 0
            // Errors can be rendered at any location.
            _ = DiagnosticRenderer(files: mutated.files.values).render(diagnostics.sorted)
        }
        #expect(refused > 0)
    }
}
