import ArgumentParser
import Foundation
import OktaGenerator
import Testing

@testable import okta_generator

/// Commands and exit codes as used in CI.
@Suite(.longCalculation) struct CommandTests {
    private let folder: TemporaryFolder
    private let golden = GoldenCase.outputs[0]

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs a command on a catalog, with the output in the folder, and returns the exit code.
    private func run(_ arguments: String..., spec: String? = nil) throws -> Int32 {
        let places =
            arguments.first == "list"
            ? []
            : ["--output", "\(folder.path)/Generated", "--test-support", "\(folder.path)/Tests"]
        do {
            var command = try OktaGeneratorCommand.parseAsRoot(
                arguments + ["--spec", spec ?? "\(golden.path)/spec"] + places)
            try command.run()
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        }
    }

    private var generated: [String] {
        (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []).sorted()
    }

    @Test("Commands: check finds no drift after generate") func checkIsCleanAfterGenerate() throws {
        #expect(try run("generate") == 0)
        #expect(generated.contains("Generated/Actions/UserActions.swift"))
        #expect(generated.contains("Tests/EveryCall.swift"))
        #expect(try run("check") == 0)
    }

    @Test(
        "Commands: check exits with 1 when a file was edited",
        arguments: ["Generated/Actions/UserActions.swift", "Tests/EveryCall.swift"])
    func checkEndsWithOneWhenAFileIsEdited(_ path: String) throws {
        #expect(try run("generate") == 0)
        try folder.write("// edited\n" + (folder.text(of: path) ?? ""), to: path)
        #expect(try run("check") == 1)
        #expect(try run("generate") == 0)
        #expect(try run("check") == 0)
    }

    @Test("Commands: check exits with 1 when a file was removed") func checkEndsWithOneWhenAFileIsRemoved() throws {
        #expect(try run("generate") == 0)
        try folder.remove("Generated/Exports.swift")
        #expect(try run("check") == 1)
    }

    @Test("Commands: check exits with 1 when a file was added") func checkEndsWithOneWhenAFileIsAdded() throws {
        #expect(try run("generate") == 0)
        try folder.write("struct Added {}\n", to: "Generated/Models/Added.swift")
        #expect(try run("check") == 1)
    }

    @Test("Commands: invalid input exits with 2 and writes nothing") func badInputEndsWithTwoAndWritesNothing() throws {
        let spec = "\(folder.path)/spec"
        try FileManager.default.copyItem(atPath: "\(GoldenCase.root)/base/spec", toPath: spec)
        #expect(try run("list", spec: spec) == 0)
        let actions = try #require(folder.text(of: "spec/actions/user.yaml"))
        try folder.write(actions + "unknown: key\n", to: "spec/actions/user.yaml")
        #expect(try run("generate", spec: spec) == 2)
        #expect(try run("generate", spec: "\(folder.path)/nowhere") == 2)
        #expect(generated.allSatisfy { $0.hasPrefix("spec") })
    }

    @Test("Commands: an unknown option is a usage error") func anUnknownOptionIsAUsageError() throws {
        do {
            _ = try OktaGeneratorCommand.parseAsRoot(["generate", "--nonsense"])
            Issue.record("an unknown option was taken")
        } catch {
            #expect(OktaGeneratorCommand.exitCode(for: error) == .validationFailure)
        }
    }

    @Test("Commands: a second run of generate writes nothing") func aSecondRunWritesNothing() throws {
        #expect(try run("generate") == 0)
        let path = "\(folder.path)/Generated/Exports.swift"
        let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
        let date = Date(timeIntervalSince1970: 1_000_000)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
        #expect(try run("generate") == 0)
        let after = try FileManager.default.attributesOfItem(atPath: path)
        #expect(after[.systemFileNumber] as? Int == before)
        #expect(after[.modificationDate] as? Date == date)
    }
}
