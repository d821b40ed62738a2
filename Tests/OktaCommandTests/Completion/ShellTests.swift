#if CommandLine && LocalOrg
import Foundation
import Testing

/// Real shells with the program on their path, on a pseudo-terminal. A shell that is missing is skipped.
@Suite("Completion in shells", .hangLimit) struct ShellTests {
    private static func shell(_ name: String) -> String? {
        ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// A home folder with `okta` in PATH.
    private static func sandbox() throws -> (Sandbox, [String: String]) {
        let sandbox = try Sandbox()
        let folder = URL(fileURLWithPath: "\(sandbox.path)/bin")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent("okta").path, withDestinationPath: Sandbox.executable("okta"))
        try sandbox.write("ids of ann.txt", "00u1\n")
        try sandbox.write("people.csv", "login,city\nada@example.com,Oslo\n")
        // An unreadable journal has a name, too.
        try sandbox.write("state/okta/runs/20260101-000000-000xx.sqlite", "no database")
        return (sandbox, ["PATH": "\(folder.path):\(sandbox.environment["PATH"] ?? "")"])
    }

    /// The typed lines, and the expected lines after one Tab.
    private static let lines = [
        ("okta us\t", "okta user"), ("okta authorizations\t", "okta authorizationserver "),
        ("okta user list-users-\t", "okta user list-users-with-role-assignments "),
        ("okta user list-users --sear\t", "okta user list-users --search "),
        ("okta user list-users --format nd\t", "okta user list-users --format ndjson "),
        ("okta log get-org-system-log --sort-order=D\t", "okta log get-org-system-log --sort-order=DESCENDING "),
        ("okta user create-user --set profile.firstN\t", "okta user create-user --set profile.firstName="),
        (
            "okta org-authorization-server request-token --set grant_type=urn:ietf:params:oauth:grant-type:dev\t",
            "okta org-authorization-server request-token --set grant_type=urn:ietf:params:oauth:grant-type:device_code "
        ),
        ("okta user get-user --for file:ids\t", "okta user get-user --for file:ids\\ of\\ ann.txt "),
        ("okta user get-user --for csv:peo\t", "okta user get-user --for csv:people.csv:"),
        ("okta user get-user --for csv:people.csv:lo\t", "okta user get-user --for csv:people.csv:login "),
        ("okta request DEL\t", "okta request DELETE "),
        ("okta runs show 2026\t", "okta runs show 20260101-000000-000xx "),
        ("okta user create-user --body @ids\t", "okta user create-user --body @ids\\ of\\ ann.txt "),
    ]

    /// Types a line, and reads the completed line through a key binding of the shell.
    private func line(_ typed: String, in shell: ChildProcess, _ number: Int) async -> String? {
        shell.send(typed)
        shell.send("\u{1B}q")
        let mark = "<\(number):"
        guard await shell.waits(until: { output, _ in output.contains(mark) && Self.shown(output, mark) != nil }) else {
            return nil
        }
        return Self.shown(shell.output, mark)
    }

    private static func shown(_ output: String, _ mark: String) -> String? {
        guard let start = output.range(of: mark, options: .backwards)?.upperBound,
            let end = output[start...].range(of: ":>")?.lowerBound
        else { return nil }
        return String(output[start..<end])
    }

    private func expectLines(_ shell: ChildProcess) async {
        for (number, pair) in Self.lines.enumerated() {
            // The line is wide, so that the shell does not wrap the text.
            let found = await line(pair.0, in: shell, number + 1)
            #expect(found == pair.1, "\(pair.0)")
        }
        shell.send("\u{15}exit\r")
        shell.signal(SIGHUP)
        _ = await shell.outcome()
    }

    @Test(
        "Completion: bash completes categories, options, values with colons and files",
        .enabled(if: shell("bash") != nil))
    func bash() async throws {
        let path = try #require(Self.shell("bash"))
        let (sandbox, environment) = try Self.sandbox()
        let set = """
            PS1='$ '; n=0; bind 'set enable-bracketed-paste off'; bind 'set bell-style none'
            eval "$(okta completion bash)"
            bind -x '"\\eq": n=$((n+1)); echo "<$n:$READLINE_LINE:>"; READLINE_LINE=; READLINE_POINT=0'
            echo rea""dy

            """
        let shell = try sandbox.start(
            path, ["--norc", "--noprofile", "-i"], environment: environment,
            terminal: TerminalSize(columns: 250, rows: 50))
        shell.send(set)
        #expect(await shell.waits(until: { output, _ in output.contains("ready") }))
        await expectLines(shell)
    }

    @Test(
        "Completion: zsh completes categories, options, values with colons and files", .enabled(if: shell("zsh") != nil)
    )
    func zsh() async throws {
        let path = try #require(Self.shell("zsh"))
        let (sandbox, environment) = try Self.sandbox()
        try sandbox.write(
            ".zshrc",
            """
            PS1='$ '; n=0; unsetopt zle_bracketed_paste beep auto_list; unset zle_bracketed_paste
            autoload -Uz compinit; compinit -u -D
            eval "$(okta completion zsh)"
            show() { n=$((n+1)); zle -I; print -r -- "<$n:$BUFFER:>"; BUFFER= }
            zle -N show; bindkey '\\eq' show
            print rea""dy

            """)
        let shell = try sandbox.start(
            path, ["-d", "-i"], environment: environment.merging(["ZDOTDIR": sandbox.path]) { $1 },
            terminal: TerminalSize(columns: 250, rows: 50))
        #expect(await shell.waits(until: { output, _ in output.contains("ready") }))
        await expectLines(shell)
    }

    @Test(
        "Completion: fish completes categories, options, values with colons and files, with their help",
        .enabled(if: shell("fish") != nil))
    func fish() async throws {
        let path = try #require(Self.shell("fish"))
        let (sandbox, environment) = try Self.sandbox()
        let script = """
            okta completion fish | source
            for line in $argv; echo "> $line"; complete -C $line; end
            """
        // Nothing is typed of the last word.
        let empty = "okta user list-users --format "
        let typed = Self.lines.map { String($0.0.dropLast()) } + [empty]
        let shell = try sandbox.start(path, ["-N", "-c", script] + typed, environment: environment)
        let run = await shell.outcome()
        #expect(run.code == 0, "\(run.errors)")
        var found: [String: [String]] = [:]
        var current = ""
        for line in run.output.split(separator: "\n").map(String.init) {
            if line.hasPrefix("> ") {
                current = String(line.dropFirst(2))
            } else {
                found[current, default: []].append(line)
            }
        }
        #expect(found["okta us"]?.contains { $0.hasPrefix("user\t") } == true, "\(run.output)")
        #expect(
            found["okta user list-users-"]?.first?.hasPrefix("list-users-with-role-assignments\tLists the users")
                == true)
        #expect(found["okta user list-users --format nd"] == ["ndjson"])
        #expect(found[empty].map(Set.init) == ["csv", "json", "ndjson", "table", "yaml"])
        let grant = "okta org-authorization-server request-token --set grant_type=urn:ietf:params:oauth:grant-type:dev"
        #expect(found[grant] == ["grant_type=urn:ietf:params:oauth:grant-type:device_code"])
        #expect(found["okta user get-user --for csv:peo"] == ["csv:people.csv:"])
        #expect(found["okta user get-user --for csv:people.csv:lo"] == ["csv:people.csv:login"])
        #expect(found["okta request DEL"] == ["DELETE"])
        #expect(found["okta runs show 2026"] == ["20260101-000000-000xx"])
        #expect(found["okta user get-user --for file:ids"]?.first?.hasPrefix("file:ids of ann.txt") == true)
    }
}
#endif
