import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An event of the System Log in Okta's form.
struct LogRow: FilterRow {
    let event: LogEvent

    init(_ event: LogEvent) { self.event = event }

    /// Attributes that most filters use are read without creating the JSON.
    func value(_ path: FilterPath) -> FilterValue {
        switch path.text {
        case "uuid": .text(event.uuid)
        case "eventType": .text(event.type)
        case "published": .time(event.published.seconds)
        case "severity": .text(event.severity)
        case "displayMessage": .text(event.message)
        case "outcome.result": .text(event.outcome)
        case "transaction.id": .text(event.origin.requestID)
        case "actor.id": .text(event.actor.id)
        case "actor.type": .text(event.actor.type)
        case "actor.alternateId": .text(event.actor.alternateID)
        case "actor.displayName": .text(event.actor.displayName)
        case "target.id": .list(event.targets.map { .text($0.id) })
        case "target.type": .list(event.targets.map { .text($0.type) })
        case "target.alternateId": .list(event.targets.map { .text($0.alternateID) })
        case "target.displayName": .list(event.targets.map { .text($0.displayName) })
        default: json.value(path)
        }
    }

    var json: JSON {
        let origin = event.origin
        return [
            "actor": Self.party(event.actor),
            "client": [
                "userAgent": origin.userAgent.map {
                    ["rawUserAgent": JSON($0), "os": "Unknown", "browser": "UNKNOWN"]
                } ?? .null,
                "zone": "null", "device": "Unknown", "id": .null, "ipAddress": JSON(origin.address),
                "geographicalContext": .null,
            ],
            "device": .null,
            "authenticationContext": [
                "authenticationProvider": .null, "credentialProvider": .null, "credentialType": .null, "issuer": .null,
                "interface": .null, "authenticationStep": 0, "rootSessionId": JSON("trs" + origin.requestID.prefix(22)),
                "externalSessionId": JSON("trs" + origin.requestID.prefix(22)),
            ],
            "displayMessage": JSON(event.message), "eventType": JSON(event.type),
            "outcome": ["result": JSON(event.outcome), "reason": event.reason.map { JSON($0) } ?? .null],
            "published": JSON(event.published.text),
            "securityContext": [
                "asNumber": .null, "asOrg": .null, "isp": .null, "domain": .null, "isProxy": .null,
                "userBehaviors": .null,
            ],
            "severity": JSON(event.severity),
            "debugContext": [
                "debugData": [
                    "requestId": JSON(origin.requestID), "requestUri": JSON(origin.path), "url": JSON(origin.url),
                ]
            ],
            "legacyEventType": .null,
            "transaction": [
                "type": "WEB", "id": JSON(origin.requestID),
                "detail": origin.tokenID.map { ["requestApiTokenId": JSON($0)] } ?? [:],
            ],
            "uuid": JSON(event.uuid), "version": "0",
            "request": [
                "ipChain": [
                    [
                        "ip": JSON(origin.address), "geographicalContext": .null,
                        "version": JSON(origin.address.contains(":") ? "V6" : "V4"), "source": .null,
                    ]
                ]
            ],
            "target": event.targets.isEmpty ? .null : JSON(event.targets.map(Self.party)),
        ]
    }

    private static func party(_ party: LogEvent.Party) -> JSON {
        [
            "id": JSON(party.id), "type": JSON(party.type), "alternateId": JSON(party.alternateID),
            "displayName": JSON(party.displayName), "detailEntry": .null,
        ]
    }
}

/// Times in queries.
enum LogQueryTime {
    /// Returns whole seconds since 1970. A fraction is rounded up, since events have whole seconds.
    static func seconds(_ text: String) -> Int? {
        OktaDate.parse(text).map { Int($0.timeIntervalSince1970.rounded(.up)) }
    }
}
