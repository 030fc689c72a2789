@testable import Membership

/// A directory in which every member of the format stands at least once, in the spelling that
/// ``Directory/encoded()`` gives. The hashes of its verifier keys were computed with another
/// program.
enum SampleDirectory {
    static var bytes: [UInt8] { Array((text + "\n").utf8) }

    /// A public key that stands nowhere in the sample.
    static let unusedKey = "CwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCws"
    static let text = #"""
        {
          "version": 7,
          "consortium": "test.creditmesh",
          "charter": {
            "name": "Test consortium 测试",
            "standard": "cn-2023@1",
            "scope": "full-file",
            "schemes": [
              {
                "scheme": "cn-rid"
              },
              {
                "scheme": "demo-card",
                "pattern": "[0-9]{1,6}"
              }
            ],
            "purposes": [
              "loan-approval",
              "post-loan"
            ],
            "nameCheck": "required",
            "masking": "named",
            "openingRegulator": "watchdog",
            "witnessQuorum": 1,
            "quotas": {
              "elementsPerMemberDay": 20000,
              "elementsPerNodeDay": 100000
            },
            "intervals": {
              "manifestMaxAgeHardSeconds": 60,
              "manifestMaxAgeSoftSeconds": 900,
              "filterAdditionsSeconds": 60,
              "bookMaxAgeDays": 7
            },
            "withdrawal": {
              "consent": {
                "unpaid": "refuse",
                "settled": "leave"
              },
              "legal-duty": {
                "unpaid": "keep",
                "settled": "keep"
              }
            },
            "retention": {
              "negativeYears": 5,
              "settledMonths": 24,
              "inquiryMonths": 24,
              "evidenceMonths": 60,
              "filterDays": 30,
              "pseudonymKeyMonths": 12
            },
            "negativeNotice": "required",
            "displayRules": [
              {
                "id": "pboc-repair-2025",
                "effect": "hide",
                "subjects": "persons",
                "event": {
                  "from": "2020-01-01",
                  "to": "2025-12-31"
                },
                "amountMax": {
                  "amount": 1000000,
                  "currency": "CNY"
                },
                "repaidBy": "2026-03-31",
                "effectiveFrom": "2026-01-01"
              }
            ]
          },
          "nodes": [
            {
              "id": "harbor-node",
              "operator": "Harbor Bank",
              "endpoint": "https://harbor.example:8443",
              "status": "active",
              "features": [
                "watch-list"
              ],
              "answerKeys": [
                {
                  "keyid": "harbor-a1",
                  "publicKey": "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
                }
              ],
              "voprfKeys": [
                {
                  "kid": "k1",
                  "state": "current",
                  "publicKey": "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI"
                },
                {
                  "kid": "k2",
                  "state": "next",
                  "publicKey": "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM"
                }
              ],
              "log": {
                "origin": "test.creditmesh/log/harbor-node",
                "vkeys": [
                  "test.creditmesh/log/harbor-node+e63d37da+AQQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
                ]
              }
            },
            {
              "id": "guild-node",
              "operator": "Lenders' Guild",
              "endpoint": "https://[2001:db8::7]",
              "status": "suspended",
              "features": [],
              "answerKeys": [],
              "voprfKeys": [
                {
                  "kid": "k1",
                  "state": "retiring",
                  "publicKey": "BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
                }
              ]
            }
          ],
          "members": [
            {
              "id": "harbor",
              "legalName": "Harbor Bank",
              "node": "harbor-node",
              "role": "lender",
              "status": "active",
              "requestKeys": [
                {
                  "keyid": "harbor-r1",
                  "publicKey": "BgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgY"
                }
              ]
            },
            {
              "id": "lakeside",
              "legalName": "湖畔小额贷款有限公司",
              "node": "guild-node",
              "role": "lender",
              "status": "trial",
              "requestKeys": []
            },
            {
              "id": "watchdog",
              "legalName": "Financial Authority",
              "node": "guild-node",
              "role": "regulator",
              "status": "active",
              "requestKeys": [],
              "supervises": [
                "harbor",
                "lakeside"
              ],
              "openingKeys": [
                {
                  "kid": "o1",
                  "month": "2026-11",
                  "publicKey": "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"
                },
                {
                  "kid": "o2",
                  "month": "2026-12",
                  "publicKey": "CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
                }
              ],
              "denialKey": "test.creditmesh/deny/watchdog+aeebb0c7+AQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ"
            }
          ],
          "witnesses": [
            {
              "name": "witness.example/w1",
              "vkey": "witness.example/w1+495c8edd+BAoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK",
              "url": "https://witness.example/w1",
              "operator": "Witness Ltd"
            }
          ]
        }
        """#
}
