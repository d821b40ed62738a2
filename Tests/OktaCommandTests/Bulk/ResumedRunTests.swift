#if CommandLine
import HTTPTypes
import Synchronization
import Testing

@testable import OktaCommand
@testable import OktaLocalOrg
@testable import OktaRuntime

/// Resumed runs, in the time of an org without sockets, which executes a request of the killed process late.
@Suite struct ResumedRunTests {
    /// A user, and a run over that user whose process was killed with the call in flight.
    private struct Scene {
        let engine: OrgEngine
        let clock: OrgClock
        let id: String
        private let journal: RunJournal
        private let header: RunHeader
        private let row: RowCall

        /// Starts the call of an action a day ago.
        init(_ name: String, body: JSON? = nil) throws {
            clock = OrgClock.standing(at: 1_764_000_000)
            var settings = OrgConfiguration()
            settings.clock = clock
            engine = OrgEngine(settings)
            engine.seed(users: 1)
            let list = engine.handle(Self.request("GET", "/api/v1/users?limit=1"))
            id = try #require(try JSON(parsing: list.body)[0]?["id"]?.string)
            let user = try JSON(parsing: engine.handle(Self.request("GET", "/api/v1/users/\(id)")).body)
            let action = try CommandCatalog.all.category("user").action(name)
            row = RowCall(action, values: ["id": id], body: body)
            journal = try RunJournal(path: "")
            var header = RunHeader(id: "x", created: 0, orgURL: "https://acme.okta.com", title: name)
            header.rowCount = 1
            try journal.write(header)
            self.header = header
            #expect(try journal.add([RunJournal.NewRow(number: 1, place: "row 1", call: row)]).isEmpty)
            try journal.begin(1, before: user, at: Moment.now - 86_400_000)
        }

        private static func request(_ method: String, _ target: String, _ body: JSON? = nil) -> LocalRequest {
            LocalRequest(
                method, target,
                headers: [
                    ("host", "acme.okta.com"), ("authorization", "SSWS any"), ("content-type", "application/json"),
                ],
                body: body.map { Array($0.text.utf8) } ?? [])
        }

        /// Executes the request of the killed process.
        func executeLate() {
            _ = engine.handle(
                Self.request(row.action.descriptor.method?.rawValue ?? "", row.target, row.body))
        }

        /// Resumes the run and returns its row.
        func resume(
            waiting: @escaping @Sendable () -> Void = {},
            responded: @escaping @Sendable (HTTPRequest) -> Void = { _ in }
        ) async throws -> JournalRow {
            let settings = RunSettings()
            let client = try OktaClient.of(
                engine, in: clock,
                settings.configuration(OktaConfiguration(orgURL: header.orgURL, token: "any")),
                waiting: waiting, responded: responded)
            let context = ProgramContext(
                environment: [:], output: .memory(), notices: .memory(), input: .text(""))
            let progress = ProgressLine("resume", context: context)
            let executor = RunExecutor(
                journal, header, client: client, settings: settings, results: RunResults(nil, progress),
                progress: progress, context: context)
            _ = try await executor.run()
            return try #require(try journal.row(1))
        }

        /// The number of calls of the row that the org has executed.
        var timesDone: Int {
            engine.requests.count { $0.method == "POST" && (200..<300).contains($0.status) }
        }
    }

    @Test("Resumed runs: a call that the org executes while the resumption waits is not sent again")
    func waitsFromItsStart() async throws {
        let scene = try Scene("partial-update-user", body: ["profile": ["city": "Oslo"]])
        let row = try await scene.resume(waiting: { scene.executeLate() })
        #expect(row.state == .done)
        #expect(scene.timesDone == 1)
    }

    @Test(
        "Resumed runs: a call that the org executes after the check is not sent again if the object shows it",
        arguments: ["partial-update-user", "suspend-user"])
    func looksBeforeItSends(_ name: String) async throws {
        let scene = try Scene(name, body: name == "suspend-user" ? nil : ["profile": ["city": "Oslo"]])
        let isFirst = Mutex(true)
        let row = try await scene.resume(responded: { request in
            let executes = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst && request.method == .get
            }
            if executes { scene.executeLate() }
        })
        #expect(row.state == .done)
        #expect(scene.timesDone == 1)
        // An undo restores the object as it was before the run.
        #expect(row.before?["status"] == "ACTIVE" && row.before?["profile"]?["city"] != "Oslo")
    }

    @Test("Resumed runs: a call that the org never executes is sent, after five seconds")
    func sendsWhatIsNotDone() async throws {
        let scene = try Scene("partial-update-user", body: ["profile": ["city": "Oslo"]])
        let start = scene.clock.now.seconds
        let row = try await scene.resume()
        #expect(row.state == .done)
        #expect(scene.timesDone == 1)
        #expect(scene.clock.now.seconds - start == 5)
    }
}
#endif
