#if Redis
import OktaRuntime
import Testing

@testable import OktaRedis

@Suite("Redis: addresses")
struct RedisAddressTests {
    @Test(
        "Redis: an address has endpoint, user, password and database",
        arguments: [
            ("redis://cache.example.com", RedisAddress.Endpoint.host("cache.example.com", port: 6379), nil, nil, 0),
            ("redis://cache:7000/3", .host("cache", port: 7000), nil, nil, 3),
            ("redis://:secret@cache/", .host("cache", port: 6379), nil, "secret", 0),
            ("valkey://limits:p%40ss%2Fword@[::1]:6380/1", .host("::1", port: 6380), "limits", "p@ss/word", 1),
            ("unix:///run/redis.sock", .socket("/run/redis.sock"), nil, nil, 0),
            ("unix://limits:secret@/run/redis.sock?db=2", .socket("/run/redis.sock"), "limits", "secret", 2),
        ] as [(String, RedisAddress.Endpoint, String?, String?, Int)])
    func reads(text: String, endpoint: RedisAddress.Endpoint, user: String?, password: String?, database: Int) throws {
        let address = try RedisAddress(text)
        #expect(address.endpoint == endpoint)
        #expect(address.user == user)
        #expect(address.password == password)
        #expect(address.database == database)
    }

    @Test(
        "Redis: the error of an address says what to do, without the password",
        arguments: [
            ("rediss://user:s3cret@cache:6380", "stunnel"), ("http://s3cret@cache", "redis://host:6379"),
            ("redis://user:s3cret@", "names no host"), ("redis://user:s3cret@cache/zero", "database"),
            ("redis://user:s3cret@cache/-1", "database"), ("redis://s3cret@cache", "without a password"),
            ("unix://user:s3cret@run", "names no socket"), ("redis://user:s3cret@cache?db=1", "has a query"),
            ("s3cret", "Redis server"), ("redis://s3cret cache", "Redis server"), ("", "Redis server"),
        ])
    func refuses(text: String, part: String) throws {
        let error = try #require(throws: OktaError.self) { try RedisAddress(text) }
        guard case .configuration(let failure) = error else { throw error }
        #expect(failure.description.contains(part), "\(failure)")
        #expect(!failure.description.contains("s3cret"))
    }

    @Test("Redis: the description of an address has no password")
    func hidesPassword() throws {
        let address = try RedisAddress("redis://user:s3cret@cache:6380/1")
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", String(reflecting: address), dumped] {
            #expect(!text.contains("s3cret") && text.contains("cache:6380"), "\(text)")
        }
    }
}
#endif
