#if CommandLine
import Foundation
import OktaCommand
import OktaRuntime
import Testing

@Suite("Help", .longCalculation) struct HelpTests {
    private func help(_ words: String..., environment: [String: String] = [:]) async -> (ExitCode, String) {
        let output = TextOutput.memory()
        let context = ProgramContext(environment: environment, output: output, notices: output)
        return (await OktaProgram(context).run(words), output.text)
    }

    @Test("Help: every action has a page that fits the width, with an example that names it")
    func everyAction() {
        let layout = PageLayout(width: 80)
        for action in CommandCatalog.all.actions {
            let text = ActionPage(action).text(layout)
            #expect(text.contains("okta \(action.category) \(action.name)"))
            #expect(text.contains("example:"))
            for line in text.split(separator: "\n") where DisplayWidth.of(String(line)) > 80 {
                // A line may be too long only because of a single long word, such as a URL, or a command line to copy.
                let rest = line.drop { $0 == " " }
                let isUsage = line.hasPrefix("usage: ") || line.hasPrefix("example: ")
                #expect(isUsage || !rest.contains(" ") || rest.split(separator: " ").count == 2, "\(line)")
            }
        }
    }

    @Test("Help: the overview has every category once, in groups")
    func groups() async {
        let (code, text) = await help("help")
        #expect(code == .done)
        let groups = CategoryGroup.all(of: .all)
        #expect(groups.flatMap(\.names).sorted() == CommandCatalog.all.categories.map(\.name).sorted())
        #expect(groups.count > 5)
        for group in groups { #expect(text.contains("\n\(group.title.lowercased()):\n")) }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("Help: a category, the options, and an unknown name")
    func pages() async {
        let (_, category) = await help("help", "user")
        #expect(category.contains("list-users"))
        let (_, options) = await help("help", "options")
        #expect(options.contains("--guard-formulas"))
        let (code, text) = await help("help", "usre")
        #expect(code == .usage && text.contains("Did you mean user"))
    }

    @Test(
        "Help: --help of a command prints its help to standard output, like `okta help`",
        arguments: [
            "actions", "completion", "group sync-members", "limits", "login", "logout", "logs", "logs ship",
            "logs tail",
            "man", "mcp", "orgs", "orgs list", "request", "runs", "runs list", "runs resume", "runs show", "runs undo",
            "verify", "whoami",
        ])
    func commands(_ line: String) async {
        let words = line.split(separator: " ").map(String.init)
        for arguments in [words + ["--help"], words + ["-h"], ["help"] + words] {
            let (output, notices) = (TextOutput.memory(), TextOutput.memory())
            let context = ProgramContext(environment: [:], output: output, notices: notices, input: .text(""))
            #expect(await OktaProgram(context).run(arguments) == .done)
            #expect(output.text.hasPrefix("OVERVIEW: "), "\(output.text)")
            #expect(output.text.contains("USAGE: okta \(line) ") || output.text.contains("USAGE: okta \(line)\n"))
            #expect(notices.text.isEmpty, "\(notices.text)")
        }
    }

    @Test(
        "Help: an error in a command is one message on standard error, with advice",
        arguments: [
            ("login", "the org's URL is missing"), ("logs", "needs a command"), ("logs tail --nope", "--nope"),
            ("runs show", "<run>"), ("runs nope", "'nope'"), ("completion", "`okta completion --help` explains it."),
            ("completion nope", "'bash', 'zsh' or 'fish'"), ("request FOO /x", "'FOO' is invalid"),
            ("actions --nope", "--nope"), ("group sync-members", "`okta group sync-members --help` explains it."),
            ("runs list --format xml", "'table', 'json', 'ndjson', 'csv' or 'yaml'"),
        ])
    func mistakes(_ line: String, _ part: String) async {
        let (output, notices) = (TextOutput.memory(), TextOutput.memory())
        let context = ProgramContext(
            environment: ["HOME": "/nowhere"], output: output, notices: notices, input: .text(""))
        #expect(await OktaProgram(context).run(line.split(separator: " ").map(String.init)) == .usage)
        #expect(output.text.isEmpty)
        #expect(notices.text.hasPrefix("okta: ") && notices.text.contains(part), "\(notices.text)")
        #expect(!notices.text.contains("OVERVIEW") && !notices.text.contains("Error:"), "\(notices.text)")
    }

    @Test("Help: a body's type has its fields, variants or values")
    func types() async {
        let (_, action) = await help("help", "campaign", "create-campaign")
        #expect(action.contains("okta help type "))
        let (code, profile) = await help("help", "type", "userprofile")
        #expect(code == .done && profile.hasPrefix("UserProfile (management): an object with these fields"))
        #expect(profile.contains("  firstName "))
        let (_, status) = await help("help", "type", "UserStatus")
        #expect(status.contains("one of these values") && status.contains("\n  ACTIVE"))
        let (_, application) = await help("help", "type", "Application")
        #expect(application.contains("It has more fields as one of these types:"))
        #expect(application.contains("signOnMode is SAML_2_0"))
        let (wrong, text) = await help("help", "type", "UserProfil")
        #expect(wrong == .usage && text.contains("Did you mean UserProfile"))
        let (none, missing) = await help("help", "type")
        #expect(none == .usage && missing.contains("the type's name is missing"), "\(missing)")
    }

    @Test("Help: every type has a page, and pages of actions name only such types")
    func everyType() throws {
        let layout = PageLayout(width: 80)
        for module in CatalogModule.allCases {
            for name in module.schema.names { #expect(!(try TypePage.all(name).isEmpty)) }
        }
        for action in CommandCatalog.all.actions {
            let lines = ActionPage(action).text(layout).split(separator: "\n")
            guard let line = lines.first(where: { $0.contains("okta help type ") }) else { continue }
            let name = try #require(line.split(separator: " ").last)
            #expect(throws: Never.self) { try TypePage.all(String(name)) }
        }
    }

    @Test("Layout: entries are aligned, and long names have a separate line")
    func layout() {
        let long = "a name that is longer than the column"
        let lines = PageLayout(width: 60).entries([
            ("a", "one two three four five six seven eight nine"), (long, "text"),
        ])
        let blanks = String(repeating: " ", count: 24)
        #expect(
            lines == [
                "  a\(String(repeating: " ", count: 21))one two three four five six seven", "\(blanks)eight nine",
                "  \(long)", "\(blanks)text",
            ])
        #expect(PageLayout(width: 20).paragraph("日本語日本語 日本語日本語").count == 2)
    }

    @Test("Manual: each category and each command has a page that formatters accept")
    func manual() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("okta-man-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (code, text) = await help("man", folder.path)
        #expect(code == .done, "\(text)")
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        // The command `request` is on the page of the category of that name.
        let commands = [
            "actions", "completion", "limits", "login", "logout", "logs", "man", "mcp", "orgs", "runs", "verify",
            "whoami",
        ]
        let names = ["okta"] + (CommandCatalog.all.categories.map(\.name) + commands).map { "okta-\($0)" }
        #expect(pages.sorted() == names.map { "\($0).1" }.sorted())
        let runs = try String(contentsOf: folder.appendingPathComponent("okta-runs.1"), encoding: .utf8)
        #expect(runs.contains(".SS \"okta runs undo\"") && runs.contains("\\-\\-in\\-flight"), "\(runs)")
        let group = try String(contentsOf: folder.appendingPathComponent("okta-group.1"), encoding: .utf8)
        #expect(group.contains(".SH \"THE COMMAND OKTA GROUP SYNC\\-MEMBERS\""))
        let user = try String(contentsOf: folder.appendingPathComponent("okta-user.1"), encoding: .utf8)
        #expect(user.contains(".SS \"list\\-users\""))
        let tools = [
            ("mandoc", ["-T", "lint", "-W", "warning"]), ("groff", ["-man", "-ww", "-z", "-Tutf8", "-Kutf8"]),
        ]
        for (tool, arguments) in tools {
            guard
                let path = ["/usr/bin", "/opt/homebrew/bin", "/usr/local/bin"].map({ "\($0)/\(tool)" })
                    .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
            else { continue }
            let process = try ChildProcess(
                path, arguments + pages.sorted(), environment: ["PATH": "/usr/bin:/bin"], directory: folder.path)
            process.closeInput()
            let run = await process.outcome()
            #expect(
                run.code == 0 && run.output.isEmpty && run.errors.isEmpty,
                "\(run.output.prefix(2000))\(run.errors.prefix(2000))")
        }
    }
}
#endif
