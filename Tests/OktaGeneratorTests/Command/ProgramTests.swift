import Foundation
import ArgumentParser
import Testing

@testable import okta_generator

/// The program as a process: exit codes and error output when the machine or a folder causes a failure.
@Suite struct ProgramTests {
    private let folder: TemporaryFolder
    private let spec = "\(GoldenCase.outputs[0].path)/spec"

    init() throws {
        folder = try TemporaryFolder()
    }

    private func arguments(_ command: String, output: String? = nil) -> [String] {
        let output = output ?? "\(folder.path)/Generated"
        return [command, "--spec", spec, "--output", output, "--test-support", "\(folder.path)/Tests"]
    }

    /// The executable that the package manager built with the tests.
    private static func executable() throws -> String {
        let tests = try #require(
            Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.executableURL)
        let path = tests.deletingLastPathComponent().appendingPathComponent("okta-generator").path
        try #require(FileManager.default.isExecutableFile(atPath: path), "\(path)")
        return path
    }

    private func process(_ script: String, _ arguments: [String]) throws -> (Process, Pipe) {
        let (process, errors) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script, try Self.executable()] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        return (process, errors)
    }

    /// Runs the executable as `$0` of a script and returns its exit code and standard error.
    private func run(_ script: String, _ arguments: [String]) throws -> (code: Int32, errors: String) {
        let (process, pipe) = try process(script, arguments)
        let errors = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: errors, as: UTF8.self))
    }

    @Test("Exit code: 2 for a full disk, with advice; the next run completes the output")
    func aFullDiskIsNoDefect() throws {
        // The file size limit of 1 KiB stands in for a full disk.
        let (code, errors) = try run(#"trap '' XFSZ; ulimit -f 1; exec "$0" "$@""#, arguments("generate"))
        #expect(code == 2)
        #expect(errors.hasPrefix("error: \(folder.path)/Generated/"))
        #expect(errors.contains("cannot be written") && errors.contains("ulimit -f"))
        #expect(folder.texts.keys.allSatisfy { !$0.contains(".okta-generator-") })
        #expect(try run(#"exec "$0" "$@""#, arguments("generate")).code == 0)
        #expect(try run(#"exec "$0" "$@""#, arguments("check")).code == 0)
    }

    #if os(Linux)
    @Test("Exit code: 2 when the output cannot be printed")
    func aFullStandardOutputIsNoDefect() throws {
        let (code, errors) = try run(#"exec "$0" "$@" > /dev/full"#, ["list", "--spec", spec])
        #expect(code == 2)
        #expect(errors.contains("standard output cannot be written"))
    }
    #endif

    @Test("Exit code: 2 for a folder that cannot be created or used", arguments: ["/dev/null/Generated", "/dev/null"])
    func anImpossibleFolderIsNoDefect(_ output: String) throws {
        for command in ["generate", "check"] {
            let end = Program.run(arguments(command, output: output))
            #expect(end.code == 2)
            #expect(end.message?.contains("a file has the path of a folder; move it away") == true)
        }
    }

    @Test("Exit code: 2 for a link in the folder, with its name")
    func aLinkIsNamed() throws {
        try folder.link("Generated/Models", to: folder.path)
        let end = Program.run(arguments("generate"))
        #expect(end.code == 2)
        #expect(end.message?.hasPrefix("error: \(folder.path)/Generated/Models is a symbolic link to") == true)
        #expect(folder.texts.keys.sorted() == ["Generated/Models"])
        #expect(Program.run(arguments("check")).code == 1)
    }

    @Test("Exit code: 2 for two folders that contain each other")
    func nestedFoldersAreRefused() throws {
        for output in [
            "\(folder.path)/Tests", "\(folder.path)/Tests/Generated", folder.path, "\(folder.path)/x/../Tests",
        ] {
            for command in ["generate", "check"] {
                let end = Program.run(arguments(command, output: output))
                #expect(end.code == 2)
                #expect(end.message?.contains("contain each other") == true)
            }
        }
        #expect(folder.texts.isEmpty)
    }

    @Test("Exit code: 2 for a wrong argument, 0 for help")
    func usage() {
        #expect(Program.run(["generate", "--nonsense"]).code == 2)
        #expect(Program.run(["nonsense"]).code == 2)
        let help = Program.run(["--help"])
        #expect(help.code == 0)
        #expect(help.message?.contains("Exit codes") == true)
    }

    @Test("Concurrent runs: all succeed, and the folder is complete")
    func runsTakeTurns() throws {
        let runs = try (0..<4).map { _ in try process(#"exec "$0" "$@""#, arguments("generate")) }
        for (process, _) in runs { process.waitUntilExit() }
        #expect(runs.map(\.0.terminationStatus) == [0, 0, 0, 0])
        #expect(Program.run(arguments("check")).code == 0)
    }

    @Test("Foreign files: generate and check name them with the command that removes them")
    func foreignFilesAreNamed() throws {
        #expect(Program.run(arguments("generate")).code == 0)
        let name = "\(folder.path)/Generated/my file.swift"
        try folder.write("struct Mine {}\n", to: "Generated/my file.swift")
        let (code, errors) = try run(#"exec "$0" "$@""#, arguments("generate"))
        #expect(code == 0)
        #expect(errors.contains("warning: one file was not generated") && errors.contains("rm '\(name)'\n"))
        let command = try #require(errors.split(separator: ": ").last)
        #expect(Program.run(arguments("check")).code == 1)
        #expect(try run(String(command), []).code == 0)
        #expect(Program.run(arguments("check")).code == 0)
    }

    @Test("Advice: names the folders from the command line")
    func adviceNamesTheFolders() throws {
        var options = try OutputFolderOptions.parse([])
        #expect(options.generateCommand(spec: "Spec") == "make generate")
        options.output = "Sources/My API"
        #expect(options.generateCommand(spec: "Spec") == "okta-generator generate --output 'Sources/My API'")
        options.testSupport = "none"
        #expect(
            options.generateCommand(spec: "api")
                == "okta-generator generate --spec api --output 'Sources/My API' --test-support none")
    }
}
