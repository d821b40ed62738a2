import Foundation
import GeneratorFuzzing
import Testing

/// A fixed selection of the cases of `make fuzz-generator`.
@Suite(.longCalculation) struct GeneratorPropertyTests {
    /// The generator that was built with these tests.
    private static var generator: String? {
        let bundles = Bundle.allBundles.map(\.bundlePath).filter { $0.hasSuffix(".xctest") }
        return (CommandLine.arguments.prefix(1) + bundles)
            .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("okta-generator").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    @Test("Properties: every command meets its guarantees for random catalogs and documents", arguments: 0..<6)
    func randomCase(_ seed: UInt64) throws {
        let generator = try #require(Self.generator)
        let folder = try TemporaryFolder()
        let fuzzed = try GeneratorCase(seed: seed, folder: folder.path) { try ProcessRun(generator, $0).finish() }
        _ = try fuzzed.check()
    }
}
