-- Health of every kind of Newel for Argo CD: the operator's own conditions, and nothing guessed.
local hs = {status = "Progressing", message = "the operator has not looked at it yet"}
local status = obj.status
if status == nil or status.conditions == nil then
  return hs
end
if obj.metadata.generation ~= nil and status.observedGeneration ~= obj.metadata.generation then
  hs.message = "the operator has not looked at this generation yet"
  return hs
end
local ready = nil
for _, condition in ipairs(status.conditions) do
  if condition.type == "Stalled" and condition.status == "True" then
    return {status = "Degraded", message = condition.reason .. ": " .. condition.message}
  end
  if condition.type == "Ready" then
    ready = condition
  end
end
if ready == nil then
  return hs
end
if ready.status == "True" then
  return {status = "Healthy", message = ready.message}
end
return {status = "Progressing", message = ready.reason .. ": " .. ready.message}
