import Foundation
import OktaCommand
import OktaRuntime
import Testing

@Suite("Row conditions") struct RowConditionTests {
    private static let item = """
        {"id":"00u1","status":"ACTIVE","count":5,"on":true,"manager":null,"lastLogin":"2026-01-10T00:00:00.000Z",
         "profile":{"login":"ada@example.com","a.b":"dot"},"roles":[{"type":"ADMIN"},{"type":"USER"}]}
        """

    @Test(
        "Conditions: comparisons, patterns, dates, lists",
        arguments: [
            ("status=ACTIVE", true), ("status=active", false), ("status!=ACTIVE", false), ("count=5.0", true),
            ("count>4", true), ("count>5", false), ("count>=5", true), ("count<10", true), ("on=true", true),
            ("manager=null", true), ("none=null", true), ("manager:exists", false), ("manager:missing", true),
            ("profile.login:exists", true), ("profile.login~^ada@", true), ("profile.login~^example", false),
            ("profile.login~com$", true), ("profile.login!~@other", true), ("profile.a.b:exists", false),
            ("lastLogin<2026-01-11", true), ("lastLogin<2026-01-10", false), ("lastLogin>=2026-01-10", true),
            ("lastLogin<-5d", true), ("lastLogin<-30d", false), ("lastLogin>-4w", true),
            ("roles.type=USER", true), ("roles.type!=USER", false), ("roles.0.type=ADMIN", true),
            ("/profile/login=ada@example.com", true), ("$.roles[?@.type=='USER'].type=USER", true),
            ("id<00u2", true), ("status<5", false), ("none<5", false), ("profile.login=a=b", false),
        ])
    func holds(_ condition: String, _ expected: Bool) throws {
        let now = try #require(OktaDate.parse("2026-01-20T00:00:00.000Z"))
        #expect(try RowCondition(condition, now: now).holds(for: JSON(parsing: Self.item)) == expected)
    }

    @Test("Conditions: a time is not compared with a word")
    func times() throws {
        let item = try JSON(parsing: Self.item)
        for (condition, isRefused) in [
            ("lastLogin<yesterday", true), ("lastLogin>=last week", true), ("lastLogin<-90d", false),
            ("lastLogin<2026-01-31", false), ("lastLogin=yesterday", false), ("id<yesterday", false),
        ] {
            let condition = try RowCondition(condition, now: Date(timeIntervalSince1970: 0))
            do {
                try condition.check(item)
                #expect(!isRefused)
            } catch {
                #expect(isRefused && error.message.contains("lastLogin has times"), "\(error)")
            }
        }
    }

    @Test("Conditions: a condition without a comparison is rejected", arguments: ["status", "=x", "status~(", "$[=1"])
    func faults(_ condition: String) {
        #expect(throws: CommandFailure.self) { try RowCondition(condition, now: Date(timeIntervalSince1970: 0)) }
    }
}
