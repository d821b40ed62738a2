import OktaRuntime

/// Schemas of log stream types: their settings.
enum LogStreamSchemas {
    private static let path = "/api/v1/meta/schemas/logStream"

    /// The settings of each type: name, title and constraints.
    private static let kinds: [(type: String, title: String, settings: [(name: String, title: String, more: JSON)])] = [
        (
            "aws_eventbridge", "AWS EventBridge",
            [
                ("accountId", "AWS account ID", ["minLength": 12, "maxLength": 12, "pattern": "^\\d{12}$"]),
                ("eventSourceName", "AWS event source name", ["minLength": 1, "maxLength": 75]),
                ("region", "AWS region", [:]),
            ]
        ),
        (
            "splunk_cloud_logstreaming", "Splunk Cloud",
            [
                ("edition", "Splunk edition", [:]), ("host", "Host", ["minLength": 17, "maxLength": 116]),
                ("token", "HEC token", ["writeOnly": true]),
            ]
        ),
    ]

    private static func shown(_ type: String, _ call: Call) -> JSON? {
        guard let kind = kinds.first(where: { $0.type == type }) else { return nil }
        var properties = JSON.emptyObject
        for setting in kind.settings {
            var property: JSON = ["title": JSON(setting.title), "type": "string"]
            property.merge(setting.more)
            properties[setting.name] = property
        }
        let names = kind.settings.map { JSON($0.name) }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "id": JSON("\(call.origin)\(path)/\(type)"),
            "title": JSON(kind.title), "type": "object",
            "properties": [
                "settings": ["type": "object", "properties": properties, "required": JSON(names)],
                "name": ["title": "Name", "type": "string", "writeOnly": false, "pattern": "^.{1,100}$"],
            ], "required": ["name", "settings"],
            "_links": [
                "self": ["href": JSON("\(call.origin)\(path)/\(type)"), "method": "GET"]
            ],
        ]
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, _ throws(OrgFault) in .json(JSON(kinds.compactMap { shown($0.type, call) })) },
        Operation("GET", path + "/{type}") { call, _ throws(OrgFault) in
            guard let json = shown(call[0], call) else { throw .notFound(call[0], "LogStreamSchema") }
            return .json(json)
        },
    ]
}
