#if CommandLine && LocalOrg
import HTTPTypes
import OktaLocalOrg
import OktaRuntime

@testable import OktaCommand

/// A run over a set: its command, and the rows that the org must execute exactly once.
struct CountedRun {
    let arguments: [String]
    /// Returns the row that a request has executed; nil for other requests.
    let isDone: (ReceivedRequest) -> String?
    let wanted: Set<String>

    /// The number of times that the org has executed each row.
    func timesDone(in org: LocalOrg) -> [String: Int] {
        var times: [String: Int] = [:]
        for entry in org.requests { if let row = isDone(entry) { times[row, default: 0] += 1 } }
        return times
    }

    /// The expected `timesDone` if every row is executed exactly once.
    var eachOnce: [String: Int] { Dictionary(uniqueKeysWithValues: wanted.map { ($0, 1) }) }

    /// The active users of an org.
    static func people(_ org: LocalOrg) async throws -> [JSON] {
        let list = try CommandCatalog.all.category("user").action("list-users")
        var found: [JSON] = []
        for try await user in try org.client.pages(for: list.descriptor) where user["status"]?.string == "ACTIVE" {
            found.append(user)
        }
        return found
    }

    /// One of four kinds of runs over the active users of an org.
    static func number(_ number: Int, _ org: LocalOrg, _ sandbox: Sandbox) async throws -> CountedRun {
        let ids = try await people(org).compactMap { $0["id"]?.string }
        try sandbox.write("ids.csv", "id,city\n" + ids.map { "\($0),City of \($0)\n" }.joined())
        let set = ["--for", "csv:ids.csv", "--settle", "1"]
        // The id after the last `/users/` of calls that the org has executed.
        func done(_ method: String, _ beginning: String, _ end: String = "") -> (ReceivedRequest) -> String? {
            { entry in
                let parts = entry.path.split(separator: "/")
                guard entry.method == method, (200..<300).contains(entry.status), entry.path.hasPrefix(beginning),
                    entry.path.hasSuffix(end), let users = parts.lastIndex(of: "users"), users + 1 < parts.count,
                    parts.count - users - 2 == end.split(separator: "/").count
                else { return nil }
                return String(parts[users + 1])
            }
        }
        switch number % 4 {
        case 0:
            return CountedRun(
                arguments: ["user", "partial-update-user"] + set + ["--set", "profile.city=~city"],
                isDone: done("POST", "/api/v1/users/"), wanted: Set(ids))
        case 1:
            return CountedRun(
                arguments: ["user", "suspend-user", "--yes"] + set,
                isDone: done("POST", "/api/v1/users/", "/lifecycle/suspend"), wanted: Set(ids))
        case 2:
            let group = try await org.client.request(
                .post, "/api/v1/groups", body: .json(["profile": ["name": "All of them"]] as JSON)
            ).json()["id"]?.string
            return CountedRun(
                arguments: ["group", "add-user-to-group", "--group-id", group ?? ""] + set,
                isDone: done("PUT", "/api/v1/groups/"), wanted: Set(ids))
        default:
            let logins = ids.indices.map { "new\($0)@example.com" }
            try sandbox.write("new.csv", "login\n" + logins.map { "\($0)\n" }.joined())
            return CountedRun(
                arguments: [
                    "user", "create-user", "--for", "csv:new.csv:login", "--settle", "1", "--activate", "false",
                    "--set", "profile.login=~login", "--set", "profile.email=~login", "--set",
                    "profile.firstName=New", "--set", "profile.lastName=Person",
                ],
                isDone: { entry in
                    guard entry.method == "POST", entry.path == "/api/v1/users", entry.status == 200 else { return nil }
                    return entry.json?["profile"]?["login"]?.string
                }, wanted: Set(logins))
        }
    }
}
#endif
