#if CommandLine && LocalOrg
import Foundation
import OktaCommand
import Testing

@Suite("Plugins", .hangLimit) struct PluginTests {
    private func sandbox() async throws -> (Sandbox, [String: String]) {
        let sandbox = try Sandbox()
        try await sandbox.writeProgram(
            "tools/okta-greet", "#!/bin/sh\necho \"$@\" && \"$OKTA_CLI\" --version && exit 7\n")
        try sandbox.write("tools/okta-plain", "no program")
        return (sandbox, ["PATH": "\(sandbox.path)/tools:/usr/bin:/bin"])
    }

    @Test("Plugin: a program okta-NAME on the path is a subcommand, with this program in OKTA_CLI")
    func runs() async throws {
        let (sandbox, environment) = try await sandbox()
        let run = try await sandbox.okta(["greet", "a b", "--yes"], environment: environment)
        #expect(run.code == 7)
        #expect(run.output == "a b --yes\n\(OktaProgram.version)\n")
    }

    @Test("Plugin: the help lists programs, but not other files")
    func help() async throws {
        let (sandbox, environment) = try await sandbox()
        for hidden in ["user", "runs"] { try await sandbox.writeProgram("tools/okta-\(hidden)", "#!/bin/sh\n") }
        let run = try await sandbox.okta(["help"], environment: environment)
        #expect(run.output.contains("greet"))
        #expect(!run.output.contains("okta-plain"))
        // They never run, because a category and a command have the same names.
        #expect(!run.output.contains("tools/okta-user") && !run.output.contains("tools/okta-runs"))
        let one = try await sandbox.okta(["help", "greet"], environment: environment)
        #expect(one.output.contains("tools/okta-greet"))
        let completion = try await sandbox.okta(
            ["---complete", "zsh", ""], environment: environment)
        #expect(completion.output.contains("\tgreet\ta program on the path\n"), "\(completion.output)")
        #expect(!completion.output.contains("\tuser\ta program"))
    }

    @Test("Plugin: the error for a misspelled program or command names the nearest one")
    func misspelled() async throws {
        let (sandbox, environment) = try await sandbox()
        for (typed, meant) in [("gret", "greet"), ("veryfy", "verify"), ("grop", "group")] {
            let run = try await sandbox.okta([typed], environment: environment)
            #expect(run.code == 2 && run.errors.contains("Did you mean \(meant)"), "\(run.errors)")
        }
        // A program must be named in full.
        let beginning = try await sandbox.okta(["gree"], environment: environment)
        #expect(beginning.code == 2 && beginning.errors.contains("Did you mean greet?"), "\(beginning.errors)")
    }

    @Test("Plugin: delivered programs are found beside the program before the path, but no other files there")
    func delivered() async throws {
        let (sandbox, environment) = try await sandbox()
        // It is a link, in a folder of the same disk. `writeProgram` explains why it is not a copy.
        let built = URL(fileURLWithPath: try Sandbox.executable("okta"))
        let installed = built.deletingLastPathComponent().appendingPathComponent("installed-\(UUID().uuidString)").path
        let okta = "\(installed)/okta"
        try FileManager.default.createDirectory(atPath: installed, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: installed) }
        for (path, text) in [
            ("\(sandbox.path)/tools/okta-proxy", "path"), ("\(installed)/okta-proxy", "beside"),
            ("\(installed)/okta-other", "other"),
        ] {
            try await sandbox.writeProgram(path, "#!/bin/sh\necho \(text) \"$@\"\n")
        }
        try FileManager.default.linkItem(atPath: built.path, toPath: okta)
        let run = await outcome(
            try sandbox.start(okta, ["--org", "acme", "proxy", "--quiet"], environment: environment))
        #expect(run.output == "beside --quiet --org acme\n")
        let other = await outcome(try sandbox.start(okta, ["other"], environment: environment))
        #expect(other.code == 2 && !other.output.contains("other"))
        try FileManager.default.removeItem(atPath: "\(installed)/okta-proxy")
        let second = await outcome(try sandbox.start(okta, ["proxy"], environment: environment))
        #expect(second.output == "path\n")
    }

    private func outcome(_ process: ChildProcess) async -> ProcessOutcome {
        process.closeInput()
        return await process.outcome()
    }

    @Test("Plugin: a category is never hidden by a program")
    func precedence() async throws {
        let (sandbox, environment) = try await sandbox()
        try await sandbox.writeProgram("tools/okta-user", "#!/bin/sh\necho hidden\n")
        let run = try await sandbox.okta(["user"], environment: environment)
        #expect(run.output.contains("list-users") && !run.output.contains("hidden"))
    }
}
#endif
