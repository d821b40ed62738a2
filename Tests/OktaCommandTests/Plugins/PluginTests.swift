#if CommandLine && LocalOrg
import Foundation
import OktaCommand
import Testing

@Suite("Plugins", .hangLimit) struct PluginTests {
    private func sandbox() throws -> (Sandbox, [String: String]) {
        let sandbox = try Sandbox()
        let path = try sandbox.write(
            "tools/okta-greet", "#!/bin/sh\necho \"$@\" && \"$OKTA_CLI\" --version && exit 7\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        try sandbox.write("tools/okta-plain", "no program")
        return (sandbox, ["PATH": "\(sandbox.path)/tools:/usr/bin:/bin"])
    }

    @Test("Plugin: a program okta-NAME on the path is a subcommand, with this program in OKTA_CLI")
    func runs() async throws {
        let (sandbox, environment) = try sandbox()
        let run = try await sandbox.okta(["greet", "a b", "--yes"], environment: environment)
        #expect(run.code == 7)
        #expect(run.output == "a b --yes\n\(OktaProgram.version)\n")
    }

    @Test("Plugin: the help lists programs, and no files that are none")
    func help() async throws {
        let (sandbox, environment) = try sandbox()
        let run = try await sandbox.okta(["help"], environment: environment)
        #expect(run.output.contains("greet"))
        #expect(!run.output.contains("okta-plain"))
        let one = try await sandbox.okta(["help", "greet"], environment: environment)
        #expect(one.output.contains("tools/okta-greet"))
    }

    @Test("Plugin: a category is never hidden by a program")
    func precedence() async throws {
        let (sandbox, environment) = try sandbox()
        let path = try sandbox.write("tools/okta-user", "#!/bin/sh\necho hidden\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let run = try await sandbox.okta(["user"], environment: environment)
        #expect(run.output.contains("list-users") && !run.output.contains("hidden"))
    }
}
#endif
