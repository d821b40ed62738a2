#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import OktaRuntime

/// Tools about the org: its log, and the connection to it.
enum OrgTools {
    static let all = [events, connection]

    private static let events = AgentTool(
        name: "recent_events", title: "Recent log events",
        text: """
            Reads the System Log, the newest events first: sign-ins, changes, and who did them. Without since, the last \
            day is read.
            """,
        inputs: [
            ToolInput(
                name: "since", kind: .string,
                text: "The earliest time, such as 2026-01-31T12:00:00Z, or how far back: 30m, 12h, 7d."),
            ToolInput(name: "until", kind: .string, text: "The latest time."),
            ToolInput(
                name: "filter", kind: .string,
                text:
                    "A filter expression, such as: eventType eq \"user.session.start\" and outcome.result eq \"FAILURE\"."
            ),
            ToolInput(name: "query", kind: .string, text: "Words that an event must have, such as a login or an id."),
        ] + ToolInput.paging,
        needs: ["GET /api/v1/logs"]
    ) { call async throws(ToolFailure) -> JSON in
        try await call.result { () throws(ToolFailure) in
            var values = ["sortOrder": "DESCENDING", "since": try time(call.string("since") ?? "1d")]
            if let until = call.string("until") { values["until"] = try time(until) }
            if let filter = call.string("filter") { values["filter"] = filter }
            if let query = call.string("query") { values["q"] = query }
            return try call.list(
                "GET /api/v1/logs", values,
                usual: [
                    "published", "eventType", "displayMessage", "severity", "outcome.result", "outcome.reason",
                    "actor.alternateId", "actor.displayName", "actor.id", "client.ipAddress", "target",
                ])
        }
    }

    private static let connection = AgentTool(
        name: "check_connection", title: "Check the connection",
        text: "Checks whether the org responds and accepts the token, and says what this server may do.",
        inputs: []
    ) { call async throws(ToolFailure) -> JSON in
        let client = try await call.session.orgs.client(call.org)
        let check = await client.verifyConnection()
        var result: JSON = [
            "result": JSON("\(check)"), "org": JSON(client.configuration.orgURL),
            "allowsWrites": JSON(call.session.allowsWrites),
        ]
        if let scopes = try await call.session.orgs.scopes(call.org) {
            result["scopes"] = JSON(scopes.sorted().map { JSON($0) })
        } else {
            result["scopes"] = "no scopes limit the calls, or they are not known: the owner's roles count"
        }
        if !call.session.orgNames.isEmpty { result["orgs"] = JSON(call.session.orgNames.map { JSON($0) }) }
        return result
    }

    /// Returns a time in the form of the API.
    private static func time(_ given: String) throws(ToolFailure) -> String {
        let date: Date
        do throws(CommandFailure) { date = try LogTime.date(given, now: Date()) } catch { throw ToolFailure(error) }
        guard let text = OktaDate.text(date) else { throw ToolFailure("'\(given.prefix(40))' is too long ago") }
        return text
    }
}
