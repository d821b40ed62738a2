/// A page of synthetic users, with the members and sizes of Okta's responses.
struct UserPage {
    let bytes: [UInt8]

    init(count: Int) {
        var text = "["
        for index in 0..<count {
            text += (index > 0 ? "," : "") + Self.user(index)
        }
        bytes = Array((text + "]").utf8)
    }

    private static func user(_ index: Int) -> String {
        let id =
            "00u" + String(repeating: "0", count: 12 - String(index, radix: 36).count) + String(index, radix: 36)
            + "Xy1d7"
        let (first, last) = (firstNames[index % firstNames.count], lastNames[index / 3 % lastNames.count])
        let login = "person\(index)@example.com"
        let url = "https://example.okta.com/api/v1/users/\(id)"
        return """
            {"id":"\(id)","status":"\(index % 9 == 0 ? "STAGED" : "ACTIVE")","created":"2024-02-29T12:30:00.000Z",\
            "activated":"2024-02-29T12:31:07.000Z","statusChanged":"2024-03-01T08:00:00.000Z",\
            "lastLogin":\(index % 4 == 0 ? "null" : "\"2026-06-01T07:45:12.000Z\""),\
            "lastUpdated":"2026-05-11T16:20:45.000Z","passwordChanged":"2025-12-24T10:00:00.000Z","realmId":"guoexample",\
            "type":{"id":"otyexample1a2b3c4d5e"},"profile":{"firstName":"\(first)","lastName":"\(last)",\
            "mobilePhone":\(index % 3 == 0 ? "null" : "\"+1 555 01\(10 + index % 90)\""),"secondEmail":null,\
            "login":"\(login)","email":"\(login)","displayName":"\(first) \(last)","title":"Engineer \(index % 7)",\
            "department":"Department \(index % 20)","city":"\(index % 5 == 0 ? "Z\\u00fcrich" : "Köln")","state":"NRW",\
            "countryCode":"DE","zipCode":"\(50_000 + index % 9000)","streetAddress":"\(index % 200) Example Street",\
            "employeeNumber":"\(100_000 + index)","costCenter":"CC-\(index % 50)","organization":"Example Corporation",\
            "division":"Research","manager":"Grace Hopper","managerId":"00uexamplemanager1d7","locale":"de_DE",\
            "timezone":"Europe/Berlin","userType":"Employee","preferredLanguage":"de",\
            "badge":\(index),"skills":["swift","identity","directory"],"isContractor":\(index % 2 == 0)},\
            "credentials":{"password":{},"emails":[{"value":"\(login)","status":"VERIFIED","type":"PRIMARY"}],\
            "recovery_question":{"question":"What is the name of your first pet?"},\
            "provider":{"type":"OKTA","name":"OKTA"}},"_links":{"self":{"href":"\(url)"},\
            "schema":{"href":"https://example.okta.com/api/v1/meta/schemas/user/oscexample1a2b3c4d5e"},\
            "type":{"href":"https://example.okta.com/api/v1/meta/types/user/otyexample1a2b3c4d5e"}}}
            """
    }

    private static let firstNames = ["Ada", "Grace", "Katherine", "Radia", "Barbara", "Jürgen", "Edsger", "Tony"]
    private static let lastNames = ["Lovelace", "Hopper", "Johnson", "Perlman", "Liskov", "Schmidhuber", "Dijkstra"]
}
