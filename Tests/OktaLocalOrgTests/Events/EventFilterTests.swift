import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: filters of event hooks")
struct EventFilterTests {
    private let event: JSON = [
        "eventType": "group.user_membership.add", "outcome": ["result": "SUCCESS"],
        "actor": ["id": "00u1", "displayName": "Ada Admin"],
        "target": [
            ["type": "User", "displayName": "Bob"], ["type": "UserGroup", "displayName": "Sales"],
        ],
    ]

    @Test(
        "Event filters: an event matches or does not match",
        arguments: [
            ("event.target.?[type eq 'UserGroup'].size()>0 && event.target.?[displayName eq 'Sales'].size()>0", true),
            ("event.target.?[displayName eq 'Legal'].size()>0", false),
            ("event.target.?[type == 'User' and displayName == 'Bob'].size() == 1", true),
            ("event.outcome.result == \"SUCCESS\" || event.nothing.at.all == 1", true),
            ("!(event.outcome.result eq 'FAILURE')", true), ("not event.outcome.result.equals('SUCCESS')", false),
            ("event.actor.displayName.startsWith('Ada')", true), ("event.actor.displayName.contains('admin')", false),
            ("event.actor.displayName.toLowerCase().contains('admin')", true),
            ("event.actor.displayName matches 'Ada .*'", true), ("event.target[1].displayName eq 'Sales'", true),
            ("event.target[9].displayName eq 'Sales'", false),
            ("event.target.^[type eq 'User'].displayName ne 'x'", true),
            ("event.target.![displayName].contains('Sales')", true), ("event.target.$[true].type eq 'UserGroup'", true),
            ("event?.actor?.id eq '00u1'", true), ("event.target.size() ge 2 and event.target.size() lt 3", true),
            ("event.target.?[#this.type eq 'User'].isEmpty()", false), ("event.actor['id'] == '00u1'", true),
            ("event.actor.displayName eq 'it''s'", false), ("event.target", false),
        ])
    func evaluates(_ text: String, passes: Bool) throws {
        #expect(try #require(EventFilterParser.parse(text), "\(text)").passes(event) == passes, "\(text)")
    }

    @Test(
        "Event filters: other texts and unsupported functions cannot be parsed",
        arguments: [
            "", "event.", "type eq 'User'", "event.target.?[type eq 'User'", "event.target.delete()",
            "event.x.contains()",
            "'open", "event == ", "T(java.lang.Runtime)", "event.a event.b",
            String(repeating: "(", count: 60) + "true" + String(repeating: ")", count: 60),
        ])
    func refuses(_ text: String) {
        #expect(EventFilterParser.parse(text) == nil)
    }

    @Test("Event filters: only matching events are delivered, and an unsupported filter is listed with the reason")
    func filtersDeliveries() async {
        let org = TestOrg()
        let body = { (expression: JSON) -> JSON in
            [
                "name": "H",
                "events": [
                    "type": "EVENT_TYPE", "items": ["group.lifecycle.create", "group.profile.update"],
                    "filter": [
                        "eventFilterMap": [
                            ["event": "group.lifecycle.create", "condition": ["expression": expression]]
                        ]
                    ],
                ],
                "channel": ["type": "HTTP", "version": "1.0.0", "config": ["uri": "https://example.com/hook"]],
            ]
        }
        let hook = org("POST", "/api/v1/eventHooks", body("event.target.?[displayName eq 'Sales'].size() > 0"))
        #expect(hook.json.text("events.filter.type") == "EXPRESSION_LANGUAGE")
        let condition = hook.json[path: "events.filter.eventFilterMap"]?[0]?["condition"]
        #expect(condition?["version"]?.kind == .null)
        #expect(org("POST", "/api/v1/eventHooks/\(hook.id)/lifecycle/verify").status == 200)
        let other = org.group("Legal").id
        let names = {
            await org.engine.deliveries().filter { $0.kind == .event }.map { String(decoding: $0.body, as: UTF8.self) }
        }
        #expect(await names().isEmpty)
        _ = org.group("Sales")
        #expect(await names().count == 1)
        // A type of event without a filter always passes.
        org("PUT", "/api/v1/groups/\(other)", ["profile": ["name": "Law"]])
        #expect(await names().count == 2)
        org("PUT", "/api/v1/eventHooks/\(hook.id)", body("Magic.happens()"))
        _ = org.group("Sales 2")
        let last = await org.engine.deliveries().last
        #expect(last?.outcome == .notCalled && last?.problem?.contains("cannot read the filter") == true)
    }
}
