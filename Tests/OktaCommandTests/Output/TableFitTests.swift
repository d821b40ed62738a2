import OktaRuntime
import Testing

@testable import OktaCommand

@Suite("Width of tables") struct TableFitTests {
    private func fit(_ widths: [Int], ids: Set<Int> = [], into total: Int?) -> (places: [Int], widths: [Int]) {
        let wants = widths.enumerated().map { TableFit.Want(width: $1, isWhole: ids.contains($0)) }
        let fit = TableFit(wants, into: total)
        return (fit.columns.map(\.place), fit.columns.map(\.width))
    }

    @Test("Table width: an id is not cut while another column can be narrowed or omitted")
    func keepsIDs() {
        for total in 20...120 {
            let found = fit([20, 30, 8, 9, 20, 24, 24], ids: [0, 4], into: total)
            #expect(found.widths[0] == 20, "\(total)")
            if let second = found.places.firstIndex(of: 4) { #expect(found.widths[second] == 20, "\(total)") }
            #expect(found.widths.reduce(0, +) + 2 * (found.widths.count - 1) <= total, "\(total)")
        }
        #expect(fit([20, 30, 8, 9, 20, 24, 24], ids: [0, 4], into: nil).widths == [20, 30, 8, 9, 20, 24, 24])
        // The additional column of ids is dropped first, then the last columns.
        #expect(fit([20, 30, 8, 9, 20, 24, 24], ids: [0, 4], into: 60).places == [0, 1, 2, 3, 5])
        #expect(fit([20, 30, 8, 9, 20, 24, 24], ids: [0, 4], into: 22).places == [0])
        // A column that is too wide for this terminal is treated like any other.
        #expect(fit([50, 8], ids: [0], into: 30).widths == [20, 8])
    }

    private func shown(_ items: [JSON], _ options: OutputOptions) throws -> [String] {
        let output = TextOutput.memory(isTerminal: true)
        var writer = try ResultWriter(options, model: nil, module: .management, isList: true, output: output)
        for item in items { try writer.write(item) }
        try writer.finish()
        return output.text.split(separator: "\n").map(String.init)
    }

    @Test("Table width: a narrow heading is the end of its path, and a narrow time is a date")
    func headings() throws {
        let texts = ["profile.firstName", "profile.lastName", "a", "b", "c"]
        let item: JSON = [
            "id": "00u1ab2cd3EF4gh5ij6k", "profile": ["firstName": "Ada", "lastName": "Lovelace"],
            "created": "2026-01-31T08:30:00.000Z", "a": "a long text", "b": "a long text", "c": "a long text",
        ]
        let lines = try shown([item], OutputOptions(format: .table, columns: ["id", "created"] + texts))
        #expect(lines[0].split(separator: " ").prefix(4) == ["id", "created", "firstName", "lastName"], "\(lines)")
        #expect(
            lines[1].split(separator: " ").prefix(3) == ["00u1ab2cd3EF4gh5ij6k", "2026-01-31", "Ada"], "\(lines)")
    }

    @Test("Table width: headings are shortened before texts, and logins stay readable", arguments: [60, 80])
    func readableNames(_ width: Int) {
        // An id, a login, two names under long headings, a state and two times, as a list of users has them.
        let wants = [(20, 20, 20), (28, 28, 12), (17, 9, 12), (16, 8, 12), (8, 8, 8), (24, 24, 10), (24, 24, 10)]
            .enumerated().map { place, want in
                TableFit.Want(
                    width: want.0, underShortHeading: want.1, least: want.2, isWhole: place == 0, givesWay: place > 4)
            }
        let fit = TableFit(wants, into: width)
        #expect(fit.columns[0].width == 20 && fit.columns[1].width >= 15, "\(fit)")
        #expect(fit.columns[2].width == 9 && fit.columns[3].width == 8, "\(fit)")
        #expect(fit.columns.map(\.width).reduce(0, +) + 2 * (fit.columns.count - 1) <= width)
        #expect(TableFit(wants, into: 200).columns.map(\.width) == wants.map(\.width))
    }

    @Test("Table width: typed names are complete, and the rest of the line is cut")
    func wholeNames() throws {
        var options = OutputOptions(format: .table)
        options.usualColumns = ["action", "path"]
        options.wholeColumns = ["action"]
        let name = String(repeating: "name-", count: 12)
        let path = String(repeating: "/part", count: 20)
        let lines = try shown([["action": JSON(name), "path": JSON(path)], ["action": "x", "path": "/y"]], options)
        #expect(lines[1].hasPrefix("\(name)  /part"), "\(lines)")
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
    }

    @Test("Table width: an event keeps its time of day, type and actor")
    func events() throws {
        var options = OutputOptions(format: .table)
        options.usualColumns = ["published", "eventType", "actor.alternateId", "outcome.result", "displayMessage"]
        let event: JSON = [
            "published": "2026-01-31T08:30:00.000Z", "eventType": "user.account.update_profile",
            "actor": ["alternateId": "ada.lovelace@example.com"], "outcome": ["result": "SUCCESS"],
            "displayMessage": "Update user profile for Okta",
        ]
        let lines = try shown([event], options)
        #expect(lines[0].split(separator: " ").prefix(3) == ["published", "eventType", "alternateId"], "\(lines)")
        let cells = lines[1].split(separator: " ")
        #expect(cells[0] == "2026-01-31T08:30:00" && cells[1].hasPrefix("user.accou"), "\(lines)")
        #expect(cells[2].hasPrefix("ada.lovel"), "\(lines)")
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 }, "\(lines)")
    }

    @Test("Table width: columns of ids are recognized by name or content")
    func knowsIDs() {
        for name in ["id", "profile.managerId", "/id", "$.id", "$['id']", "requestId", "client_id", "kid"] {
            #expect(IDColumn.holds(name, []), "\(name)")
        }
        for name in ["profile.login", "valid", "idp", "paid", "actor.alternateId"] {
            #expect(!IDColumn.holds(name, ["x"]), "\(name)")
        }
        #expect(IDColumn.holds("members", ["00u1ab2cd3EF4gh5ij6k", ""]))
        #expect(!IDColumn.holds("members", ["00u1ab2cd3EF4gh5ij6k", "Ada"]))
    }

    @Test("Table width: a requested column without room is named")
    func namesHidden() throws {
        let output = TextOutput.memory(isTerminal: true)
        let notices = TextOutput.memory()
        let context = ProgramContext(environment: [:], output: output, notices: notices)
        let columns = ["id", "a", "b", "c", "d", "e", "f", "g"]
        var writer = try ResultWriter(
            OutputOptions(format: .table, columns: columns), model: nil, module: .management, isList: true,
            output: output, context: context)
        let text = JSON(String(repeating: "x", count: 30))
        try writer.write(JSON(members: columns.map { ($0, $0 == "id" ? "00u1ab2cd3EF4gh5ij6k" : text) }))
        try writer.finish()
        #expect(output.text.contains("00u1ab2cd3EF4gh5ij6k  xxx"))
        #expect(notices.text == "okta: the terminal has no room for g; --format csv has all columns\n")
    }
}
