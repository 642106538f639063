using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using IExec.Tasks.Connections;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.UnitTests.Workerpools;

public sealed class LogChallengeTests
{
    private const long ChainId = 421614;

    [Theory]
    [InlineData(134)]
    [InlineData(42161)]
    [InlineData(421614)]
    public void Has_the_digest_and_the_signature_that_the_SDK_makes(long chainId)
    {
        string Vector(string name) => VectorFile.Text("challenge", chainId.ToString(System.Globalization.CultureInfo.InvariantCulture), name);
        using var digits = new SecretBytes(Encoding.ASCII.GetBytes(Vector("privateKey")));
        using var signer = Signers.FromPrivateKey(digits);

        var digest = new LogChallenge(Vector("challenge"), chainId).Digest();

        Assert.Equal(Vector("digest"), digest.ToString());
        Assert.Equal(Vector("signature"), Hex.Encode(signer.Sign(digest).ToBytes()));
        Assert.Equal(Vector("authorization"), $"{digest}_{Hex.Encode(signer.Sign(digest).ToBytes())}_{signer.Address}");
    }

    [Fact]
    public void Depends_on_the_chain_and_on_the_text_only() => Gen.Select(Gen.String[1, 100], Gen.Long[1, long.MaxValue]).Sample((text, chainId) =>
        new LogChallenge(text, chainId).Digest().Equals(new LogChallenge(text, chainId).Digest())
        && !new LogChallenge(text, chainId).Digest().Equals(new LogChallenge(text + "x", chainId).Digest())
        && !new LogChallenge(text, chainId).Digest().Equals(new LogChallenge(text, chainId - 1).Digest()));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Is_read_from_both_valid_forms(int form)
    {
        var data = Honest("abc=");
        var body = form == 0 ? data : new JsonObject { ["data"] = data };

        Assert.Equal(new LogChallenge("abc=", ChainId), Read(body.ToJsonString(), out var problem));
        Assert.Empty(problem);
    }

    [Fact]
    public void Is_read_whatever_the_order_of_members_and_without_a_primary_type()
    {
        var data = Honest("abc=");
        data.Remove("primaryType");
        var reversed = new JsonObject(data.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

        Assert.Equal(new LogChallenge("abc=", ChainId), Read(reversed.ToJsonString(), out _));
    }

    [Fact]
    public void Any_change_of_the_structure_is_refused()
    {
        // Replaces, removes or extends a random part of a valid challenge.
        string[] values = ["null", "\"x\"", "1", "[]", "{}", "true", "\"Challenge\"", "\"uint256\"", "\"iExec Core\"", "421614"];
        Gen.Select(Gen.Int[0, 1000].List[1, 6], Gen.Int[0, 2], Gen.Int[0, values.Length - 1].Select(i => values[i])).Sample((steps, action, json) =>
        {
            var data = Honest("abc=");
            Change(data, new Queue<int>(steps), action, JsonNode.Parse(json));
            var challenge = Read(data.ToJsonString(), out var problem);
            return challenge is null
                ? problem.Length > 0
                : JsonNode.DeepEquals(Honest(challenge.Value.Text), data) || JsonNode.DeepEquals(WithoutPrimaryType(challenge.Value.Text), data);
        });
    }

    [Fact]
    public void A_member_that_comes_twice_is_refused()
    {
        var json = Honest("abc=").ToJsonString();

        Assert.Null(Read(json.Replace("\"message\":", "\"message\":{\"challenge\":\"other\"},\"message\":", StringComparison.Ordinal), out _));
        Assert.Null(Read(json.Replace("\"challenge\":\"abc=\"", "\"challenge\":\"other\",\"challenge\":\"abc=\"", StringComparison.Ordinal), out _));
        Assert.Null(Read(json.Replace("\"chainId\":421614", "\"chainId\":1,\"chainId\":421614", StringComparison.Ordinal), out _));
    }

    [Fact]
    public void Any_bytes_are_accepted_or_rejected()
    {
        var honest = Encoding.UTF8.GetBytes(Honest("abc=").ToJsonString());
        Gen.Select(Gen.Int[0, honest.Length - 1], Gen.Byte).List[1, 5].Sample(changes =>
        {
            var bytes = (byte[])honest.Clone();
            foreach (var (at, with) in changes)
                bytes[at] = with;
            try
            {
                var challenge = LogChallengeReader.Read(bytes, ChainId, out var problem);
                return challenge is not null || problem.Length > 0;
            }
            catch (JsonException)
            {
                return true;
            }
        });
    }

    private static LogChallenge? Read(string json, out string problem) => LogChallengeReader.Read(Encoding.UTF8.GetBytes(json), ChainId, out problem);

    private static JsonObject Honest(string challenge) => JsonNode.Parse($$"""
        {
          "types": {
            "EIP712Domain": [{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"}],
            "Challenge": [{"name":"challenge","type":"string"}]
          },
          "primaryType": "Challenge",
          "domain": {"name":"iExec Core","version":"1","chainId":{{ChainId}}},
          "message": {"challenge":{{JsonSerializer.Serialize(challenge)}}}
        }
        """)!.AsObject();

    private static JsonObject WithoutPrimaryType(string challenge)
    {
        var data = Honest(challenge);
        data.Remove("primaryType");
        return data;
    }

    private static void Change(JsonNode node, Queue<int> steps, int action, JsonNode? value)
    {
        var step = steps.Dequeue();
        switch (node)
        {
            case JsonObject members when members.Count > 0:
                var name = members.ElementAt(step % members.Count).Key;
                if (steps.Count > 0 && members[name] is JsonObject or JsonArray)
                    Change(members[name]!, steps, action, value);
                else if (action == 0)
                    members[name] = value;
                else if (action == 1)
                    members.Remove(name);
                else
                    members["other"] = value;
                break;
            case JsonArray list when list.Count > 0:
                if (steps.Count > 0 && list[step % list.Count] is JsonObject or JsonArray)
                    Change(list[step % list.Count]!, steps, action, value);
                else if (action == 0)
                    list[step % list.Count] = value;
                else if (action == 1)
                    list.RemoveAt(step % list.Count);
                else
                    list.Add(value);
                break;
        }
    }
}
