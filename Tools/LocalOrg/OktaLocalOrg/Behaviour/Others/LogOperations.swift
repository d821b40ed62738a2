import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The System Log.
enum LogOperations {
    private static func party(_ party: LogEvent.Party) -> JSON {
        [
            "id": JSON(party.id), "type": JSON(party.type), "alternateId": JSON(party.alternateID),
            "displayName": JSON(party.displayName), "detailEntry": .null,
        ]
    }

    static func json(_ event: LogEvent) -> JSON {
        [
            "actor": party(event.actor),
            "client": [
                "userAgent": .null, "zone": "null", "device": "Unknown", "id": .null, "ipAddress": "127.0.0.1",
                "geographicalContext": .null,
            ],
            "device": .null, "authenticationContext": ["authenticationStep": 0, "externalSessionId": "unknown"],
            "displayMessage": JSON(event.message), "eventType": JSON(event.type),
            "outcome": [
                "result": JSON(event.outcome), "reason": event.reason.map { JSON($0) } ?? .null,
            ],
            "published": JSON(event.published.text), "securityContext": [:], "severity": JSON(event.severity),
            "debugContext": [
                "debugData": ["requestId": JSON(event.requestID), "requestUri": JSON(event.path)]
            ],
            "legacyEventType": .null,
            "transaction": ["type": "WEB", "id": JSON(event.requestID), "detail": [:]], "uuid": JSON(event.uuid),
            "version": "0", "request": ["ipChain": []],
            "target": event.targets.isEmpty ? .null : JSON(event.targets.map(party)),
        ]
    }

    private static func time(_ text: String?, _ name: String) throws(OrgFault) -> Int? {
        guard let text else { return nil }
        guard let date = OktaDate.parse(text) else {
            throw .invalid(name, "\(name): The date format in your query is not recognized.")
        }
        return Int(date.timeIntervalSince1970.rounded(.up))
    }

    /// Events between two times, or from a cursor on. Without `until` there is always a next page, as for who polls.
    private static func list(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let since = try time(call.query("since"), "since")
        let until = try time(call.query("until"), "until")
        let descends = call.query("sortOrder")?.uppercased() == "DESCENDING"
        var filter: FilterExpression?
        if let text = call.query("filter"), !text.isEmpty { filter = try UserLists.parsed(text) }
        let words = call.query("q")?.lowercased().split(separator: " ").map(String.init) ?? []
        let rule = PageRule(100, maximum: 1000)
        let limit = try rule.limit(call)
        var position = 0
        if let after = call.query("after") {
            guard let known = Int(after), (0...org.log.count).contains(known) else { throw .invalidCursor() }
            position = known
        }
        // Seven days, unless the request says how far back.
        let earliest = since ?? (call.query("after") == nil ? org.now.seconds - 7 * 86_400 : Int.min)
        var found: [JSON] = []
        while position < org.log.count, found.count < limit {
            let event = org.log[descends ? org.log.count - 1 - position : position]
            position += 1
            guard event.published.seconds >= earliest, event.published.seconds < until ?? Int.max else { continue }
            if let filter, words.isEmpty, !mayMatch(event, filter) { continue }
            let shown = json(event)
            if let filter, !filter.matches(shown) { continue }
            if !words.isEmpty {
                let text = shown.text.lowercased()
                guard words.allSatisfy({ text.contains($0) }) else { continue }
            }
            found.append(shown)
        }
        var reply = Reply.json(JSON(found))
        let polls = until == nil && !descends
        reply.headers = rule.links(
            call, limit: limit, next: polls || position < org.log.count ? String(position) : nil)
        return reply
    }

    /// Whether the cheap part of a filter, the type of the event, lets an event through.
    private static func mayMatch(_ event: LogEvent, _ filter: FilterExpression) -> Bool {
        switch filter {
        case .compare(let path, .equal, .text(let type)) where path.text == "eventType":
            event.type.lowercased() == type.lowercased()
        case .and(let left, let right): mayMatch(event, left) && mayMatch(event, right)
        default: true
        }
    }

    static let all: [Operation] = [
        Operation("GET", "/api/v1/logs") { call, org throws(OrgFault) in try list(call, &org) }
    ]
}
